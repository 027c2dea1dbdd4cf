package dev.sluice.feed;

import dev.sluice.format.Csv;
import dev.sluice.format.Format;
import dev.sluice.format.JsonArray;
import dev.sluice.format.Lines;
import dev.sluice.format.Ndjson;
import dev.sluice.setting.SettingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a feed's format of its settings, or says which of them is wrong. */
final class FeedFormat {

    private static final String NO_QUOTE = "none";
    private static final Set<String> CSV_OPTIONS =
            Set.of("delimiter", "quote", "comment", "null-token", "columns", "newlines-in-quotes");

    private final String feed;
    private final FeedSettings.Entry entry;

    private FeedFormat(String feed, FeedSettings.Entry entry) {
        this.feed = feed;
        this.entry = entry;
    }

    static Format check(String feed, FeedSettings.Entry entry) {
        return new FeedFormat(feed, entry).format();
    }

    private Format format() {
        String name = entry.format() == null ? "" : entry.format();
        try {
            return switch (name) {
                case "csv" -> csv(name, ",");
                case "tsv" -> csv(name, "\t");
                case "ndjson" -> {
                    allowOnly(name, Set.of());
                    yield new Ndjson(charset());
                }
                case "json" -> {
                    allowOnly(name, Set.of());
                    yield new JsonArray(charset());
                }
                case "lines" -> {
                    allowOnly(name, Set.of("column"));
                    yield new Lines(entry.column() == null ? "line" : entry.column(), charset());
                }
                default ->
                    throw new SettingException("The feed '%s' has the format '%s': use csv, tsv, ndjson, json or lines."
                            .formatted(feed, name));
            };
        } catch (IllegalArgumentException e) {
            throw new SettingException("The feed '%s' has options that its format %s does not take: %s."
                    .formatted(feed, name, e.getMessage()));
        }
    }

    private Format csv(String name, String usualDelimiter) {
        allowOnly(name, CSV_OPTIONS);
        String quote = entry.quote() == null ? "\"" : entry.quote();
        return new Csv(
                character("delimiter", entry.delimiter() == null ? usualDelimiter : entry.delimiter()),
                quote.equals(NO_QUOTE) ? Optional.empty() : Optional.of(character("quote", quote)),
                Optional.ofNullable(entry.comment()).map(comment -> character("comment", comment)),
                Optional.ofNullable(entry.nullToken()),
                entry.columns() == null ? List.of() : entry.columns(),
                !Boolean.FALSE.equals(entry.newlinesInQuotes()),
                charset());
    }

    private char character(String option, String value) {
        if (value.length() != 1 || value.charAt(0) > 127 || value.charAt(0) == '\r' || value.charAt(0) == '\n') {
            throw new SettingException("The feed '%s' has the %s '%s': use one ASCII character that is no line break."
                    .formatted(feed, option, value));
        }
        return value.charAt(0);
    }

    private Charset charset() {
        String name = entry.charset();
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException _) {
            throw new SettingException(
                    "The feed '%s' has the charset '%s', which Java does not know: use for instance UTF-8."
                            .formatted(feed, name));
        }
    }

    private void allowOnly(String format, Set<String> allowed) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("delimiter", entry.delimiter());
        options.put("quote", entry.quote());
        options.put("comment", entry.comment());
        options.put("null-token", entry.nullToken());
        options.put("columns", entry.columns());
        options.put("newlines-in-quotes", entry.newlinesInQuotes());
        options.put("column", entry.column());
        options.forEach((option, value) -> {
            if (value != null && !allowed.contains(option)) {
                throw new SettingException("The feed '%s' has the %s '%s', but its format %s knows none: remove it."
                        .formatted(feed, option, value, format));
            }
        });
    }
}
