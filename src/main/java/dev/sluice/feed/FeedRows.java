package dev.sluice.feed;

import dev.sluice.setting.SettingException;
import org.jspecify.annotations.Nullable;

/** Checks what a feed's settings say of rows that are there already. */
final class FeedRows {

    private FeedRows() {}

    static RowPolicy check(String feed, FeedSettings.Entry entry) {
        boolean newest = second(feed, "overwrite", entry.overwrite(), "object", "row");
        String newestBy = entry.newestBy();
        if (newestBy != null && newestBy.isBlank()) {
            throw new SettingException(
                    "The feed '%s' has an empty newest-by: give a column, or remove it.".formatted(feed));
        }
        if (newestBy != null && !newest) {
            throw new SettingException(
                    "The feed '%s' has newest-by '%s', which only overwrite: row looks at: set that, or remove it."
                            .formatted(feed, newestBy));
        }
        boolean snapshot = second(feed, "mode", entry.mode(), "upsert", "snapshot");
        if (snapshot && newest) {
            // A row that an older version's row outranks would be swept away with that one.
            throw new SettingException(
                    "The feed '%s' has mode: snapshot and overwrite: row, but a snapshot is the truth whatever rows are newer: use one of them."
                            .formatted(feed));
        }
        boolean removed = second(feed, "on-delete", entry.onDelete(), "keep", "remove");
        return new RowPolicy(newest, newestBy == null ? "" : newestBy, snapshot, removed);
    }

    private static boolean second(String feed, String name, @Nullable String value, String usual, String other) {
        if (value != null && !value.equals(usual) && !value.equals(other)) {
            throw new SettingException(
                    "The feed '%s' has %s '%s': use %s or %s.".formatted(feed, name, value, usual, other));
        }
        return other.equals(value);
    }
}
