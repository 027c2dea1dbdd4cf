package dev.sluice.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What settings say of a format; see docs/reading.md. An option that is not given is as usual.
 *
 * @param name csv, tsv, ndjson, json or lines
 * @param quote one character, or {@code none}
 */
public record FormatOptions(
        String name,
        Optional<String> delimiter,
        Optional<String> quote,
        Optional<String> comment,
        Optional<String> nullToken,
        Optional<List<String>> columns,
        Optional<Boolean> newlinesInQuotes,
        Optional<String> column,
        Optional<String> charset) {

    private static final String NO_QUOTE = "none";
    private static final Set<String> CSV_OPTIONS =
            Set.of("delimiter", "quote", "comment", "null-token", "columns", "newlines-in-quotes");

    /**
     * The format that they describe.
     *
     * @throws FormatOptionException if one of them is wrong: with its name, its value and what to do
     */
    public Format format() throws FormatOptionException {
        try {
            return switch (name) {
                case "csv" -> csv(",");
                case "tsv" -> csv("\t");
                case "ndjson" -> {
                    allowOnly(Set.of());
                    yield new Ndjson(knownCharset());
                }
                case "json" -> {
                    allowOnly(Set.of());
                    yield new JsonArray(knownCharset());
                }
                case "lines" -> {
                    allowOnly(Set.of("column"));
                    yield new Lines(column.orElse("line"), knownCharset());
                }
                default ->
                    throw new FormatOptionException(
                            "the format '%s': use csv, tsv, ndjson, json or lines".formatted(name));
            };
        } catch (IllegalArgumentException e) {
            throw new FormatOptionException(
                    "options that its format %s does not take: %s".formatted(name, e.getMessage()), e);
        }
    }

    private Format csv(String usualDelimiter) throws FormatOptionException {
        allowOnly(CSV_OPTIONS);
        String quoted = quote.orElse("\"");
        return new Csv(
                character("delimiter", delimiter.orElse(usualDelimiter)),
                quoted.equals(NO_QUOTE) ? Optional.empty() : Optional.of(character("quote", quoted)),
                comment.isEmpty() ? Optional.empty() : Optional.of(character("comment", comment.get())),
                nullToken,
                columns.orElse(List.of()),
                newlinesInQuotes.orElse(true),
                knownCharset());
    }

    private static char character(String option, String value) throws FormatOptionException {
        if (value.length() != 1 || value.charAt(0) > 127 || value.charAt(0) == '\r' || value.charAt(0) == '\n') {
            throw new FormatOptionException(
                    "the %s '%s': use one ASCII character that is no line break".formatted(option, value));
        }
        return value.charAt(0);
    }

    private Charset knownCharset() throws FormatOptionException {
        String known = charset.orElse(StandardCharsets.UTF_8.name());
        try {
            return Charset.forName(known);
        } catch (IllegalArgumentException e) {
            throw new FormatOptionException(
                    "the charset '%s', which Java does not know: use for instance UTF-8".formatted(known), e);
        }
    }

    private void allowOnly(Set<String> allowed) throws FormatOptionException {
        Map<String, Optional<?>> options = new LinkedHashMap<>();
        options.put("delimiter", delimiter);
        options.put("quote", quote);
        options.put("comment", comment);
        options.put("null-token", nullToken);
        options.put("columns", columns);
        options.put("newlines-in-quotes", newlinesInQuotes);
        options.put("column", column);
        for (var option : options.entrySet()) {
            if (option.getValue().isPresent() && !allowed.contains(option.getKey())) {
                throw new FormatOptionException("the %s '%s', but its format %s knows none: remove it"
                        .formatted(option.getKey(), option.getValue().get(), name));
            }
        }
    }
}
