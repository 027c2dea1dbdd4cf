package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) with a header.
 *
 * @param delimiter between two fields; one ASCII character
 */
public record Csv(char delimiter) implements Format {

    public Csv {
        if (delimiter > 127 || "\"\r\n".indexOf(delimiter) >= 0) {
            throw new IllegalArgumentException(
                    "delimiter has to be one ASCII character, and neither quote nor line break");
        }
    }

    @Override
    public Records open(InputStream plain, List<String> required, int maxRecordBytes)
            throws IOException, FormatException {
        var framer = new Framer(plain, new QuotedEnd(delimiter), maxRecordBytes);
        var records = new CsvRecords(framer, delimiter);
        checkHeader(records.readHeader(), required);
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
        for (String column : required) {
            if (!header.isEmpty() && !seen.contains(column)) {
                throw new FormatException(
                        "missing-column", "The header lacks the key column '%s' of the feed.".formatted(column));
            }
        }
    }
}
