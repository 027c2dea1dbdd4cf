package dev.sluice.feed;

import dev.sluice.format.Csv;
import dev.sluice.format.Format;
import dev.sluice.format.Ndjson;
import dev.sluice.setting.SettingException;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** {@code sluice.feeds}: checked as a whole at start. */
@ConfigurationProperties("sluice")
record FeedSettings(@Nullable List<Entry> feeds) {

    /** One feed as it is written in the settings; see docs/reading.md. */
    record Entry(
            @Nullable String name,
            @Nullable Match match,
            @Nullable String format,
            @Nullable String delimiter,
            @Nullable List<String> key) {}

    record Match(@Nullable String bucket, @Nullable String key) {}

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    Feeds toFeeds() {
        var names = new HashSet<String>();
        var checked = (feeds == null ? List.<Entry>of() : feeds)
                .stream().map(FeedSettings::check).toList();
        for (Feed feed : checked) {
            if (!names.add(feed.name())) {
                throw new SettingException("Two feeds are named '%s': give each its own name.".formatted(feed.name()));
            }
        }
        return new Feeds(checked);
    }

    private static Feed check(Entry entry) {
        String name = entry.name() == null ? "" : entry.name();
        if (!NAME.matcher(name).matches()) {
            throw new SettingException(
                    "The feed name '%s' is not allowed: use up to 63 lower-case letters, digits and hyphens, a letter first."
                            .formatted(name));
        }
        Match match = entry.match();
        if (match == null || match.key() == null || match.key().isBlank()) {
            throw new SettingException(
                    "The feed '%s' has no match.key: give the pattern of its objects' keys, for instance '%s/*.csv'."
                            .formatted(name, name));
        }
        List<String> key = entry.key() == null ? List.of() : entry.key();
        if (key.stream().anyMatch(String::isBlank) || new HashSet<>(key).size() != key.size()) {
            throw new SettingException(
                    "The feed '%s' has the key columns %s: each has to be a name, and none may be there twice."
                            .formatted(name, key));
        }
        String bucket = match.bucket() == null ? "" : match.bucket();
        return new Feed(name, bucket, match.key(), format(name, entry), key);
    }

    private static Format format(String feed, Entry entry) {
        String delimiter = entry.delimiter();
        return switch (entry.format()) {
            case "csv" -> csv(feed, delimiter == null ? "," : delimiter);
            case "ndjson" -> {
                if (delimiter != null) {
                    throw new SettingException(
                            "The feed '%s' has the delimiter '%s', but its format ndjson knows none: remove it."
                                    .formatted(feed, delimiter));
                }
                yield new Ndjson();
            }
            case null, default ->
                throw new SettingException("The feed '%s' has the format '%s': use csv or ndjson."
                        .formatted(feed, entry.format() == null ? "" : entry.format()));
        };
    }

    private static Format csv(String feed, String delimiter) {
        if (delimiter.length() == 1) {
            try {
                return new Csv(delimiter.charAt(0));
            } catch (IllegalArgumentException _) {
                // Said below, with the feed's name.
            }
        }
        throw new SettingException(
                "The feed '%s' has the delimiter '%s': use one ASCII character that is neither quote nor line break."
                        .formatted(feed, delimiter));
    }
}
