package dev.sluice.feed;

import dev.sluice.format.Format;
import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import org.springframework.util.unit.DataSize;

/** Checks whether a feed's large objects can be read in parts, at the same time and in any order. */
final class FeedSplit {

    private static final long LEAST = 1024;

    private FeedSplit() {}

    static long check(String feed, FeedSettings.Entry entry, Format format) {
        boolean unique = Boolean.TRUE.equals(entry.unique());
        DataSize split = entry.split();
        if (split == null) {
            if (unique) {
                throw new SettingException(
                        "The feed '%s' has unique: true, which only split looks at: set that, or remove it."
                                .formatted(feed));
            }
            return Feed.Rules.USUAL.splitBytes();
        }
        Setting.range("split of the feed '%s'".formatted(feed), split.toBytes(), LEAST, Long.MAX_VALUE);
        if (!format.hasPlainLines()) {
            throw new SettingException(
                    "The feed '%s' has split %s, but not every line break of its format %s ends a record: use ndjson or lines, or csv or tsv with newlines-in-quotes: false if no quotes hold any, or remove split."
                            .formatted(feed, split, format.name()));
        }
        boolean generatedKeys = entry.key() == null || entry.key().isEmpty();
        if (!generatedKeys && !unique && !"row".equals(entry.overwrite())) {
            throw new SettingException(
                    "The feed '%s' has split %s, but of records with the same key the last one counts: set overwrite: row, or unique: true if no key is twice in an object, or remove split."
                            .formatted(feed, split));
        }
        return split.toBytes();
    }
}
