package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Comma-separated values (RFC 4180), or separated by something else: with a tab it is TSV.
 *
 * @param delimiter between two fields
 * @param quote around fields that hold delimiters, quotes or line breaks; without one such fields cannot be written
 * @param comment lines that begin with it are no records
 * @param nullToken a field that is exactly this, and not quoted, is null; may be the empty text
 * @param columns the columns' names where the object has no header; empty if its first record is the header
 * @param newlinesInQuotes whether a line break inside quotes belongs to its field; else it ends the record, which is bad
 * @param charset UTF-8, or one with a byte a character that begins with ASCII
 */
record Csv(
        char delimiter,
        Optional<Character> quote,
        Optional<Character> comment,
        Optional<String> nullToken,
        List<String> columns,
        boolean newlinesInQuotes,
        Charset charset)
        implements Format {

    /** @throws IllegalArgumentException with the reason, if one option is wrong or two do not go together */
    public Csv {
        columns = List.copyOf(columns);
        TextDecoder.check(charset);
        requirePlain("delimiter", delimiter);
        quote.ifPresent(c -> requirePlain("quote", c));
        comment.ifPresent(c -> requirePlain("comment", c));
        var marks = Stream.of(Optional.of(delimiter), quote, comment)
                .flatMap(Optional::stream)
                .toList();
        marks.stream()
                .filter(mark -> Collections.frequency(marks, mark) > 1)
                .findFirst()
                .ifPresent(mark -> {
                    throw new IllegalArgumentException(
                            "delimiter, quote and comment have to differ, and two of them are '%s'".formatted(mark));
                });
        if (columns.contains("") || new HashSet<>(columns).size() != columns.size()) {
            throw new IllegalArgumentException(
                    "each of the columns %s has to have a name of its own".formatted(columns));
        }
        nullToken.ifPresent(token -> requirePossible(token, delimiter, quote));
    }

    /** A null is a field without quotes. */
    private static void requirePossible(String nullToken, char delimiter, Optional<Character> quote) {
        if (nullToken.indexOf(delimiter) >= 0
                || nullToken.indexOf('\r') >= 0
                || nullToken.indexOf('\n') >= 0
                || quote.filter(c -> nullToken.startsWith(c.toString())).isPresent()) {
            throw new IllegalArgumentException(
                    "no field can be the null-token '%s', since it holds a delimiter or line break, or begins with a quote"
                            .formatted(nullToken));
        }
    }

    /** Line breaks may stand in quotes. */
    public Csv(
            char delimiter,
            Optional<Character> quote,
            Optional<Character> comment,
            Optional<String> nullToken,
            List<String> columns,
            Charset charset) {
        this(delimiter, quote, comment, nullToken, columns, true, charset);
    }

    /** As RFC 4180 has it, in UTF-8 and with a header; no comments, no nulls. */
    public Csv(char delimiter) {
        this(delimiter, Optional.of('"'), Optional.empty(), Optional.empty(), List.of(), StandardCharsets.UTF_8);
    }

    private static void requirePlain(String option, char c) {
        if (c > 127 || c == '\r' || c == '\n') {
            throw new IllegalArgumentException(option + " has to be one ASCII character and no line break");
        }
    }

    @Override
    public String name() {
        return delimiter == '\t' ? "tsv" : "csv";
    }

    @Override
    public boolean hasTypes() {
        return false;
    }

    @Override
    public boolean hasSameColumns() {
        return true;
    }

    @Override
    public boolean hasPlainLines() {
        return quote.isEmpty() || !newlinesInQuotes;
    }

    @Override
    public Records open(InputStream plain, List<String> required, RecordLimits limits)
            throws IOException, FormatException {
        var framer = new Framer(plain, new CsvEnd(this), charset, limits);
        var records = new CsvRecords(framer, this, columns);
        if (columns.isEmpty()) {
            checkHeader(records.readHeader(), required);
        } else {
            RequiredColumns.check("The feed's columns lack", columns, required);
        }
        return records;
    }

    /** An object without any record has no header either, and nothing to check. */
    private static void checkHeader(List<String> header, List<String> required) throws FormatException {
        var seen = new HashSet<String>();
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            if (column.isEmpty()) {
                throw new FormatException("empty-column", "Column %d of the header has no name.".formatted(i + 1));
            }
            if (!seen.add(column)) {
                throw new FormatException(
                        "duplicate-column", "Column %d of the header has the name of another one.".formatted(i + 1));
            }
        }
        if (!header.isEmpty()) {
            RequiredColumns.check("The header lacks", header, required);
        }
    }
}
