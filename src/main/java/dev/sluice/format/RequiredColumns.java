package dev.sluice.format;

import java.util.List;

/** The columns that every record must have, where all records have the same ones. */
final class RequiredColumns {

    private RequiredColumns() {}

    static void check(String whoLacks, List<String> columns, List<String> required) throws FormatException {
        for (String column : required) {
            if (!columns.contains(column)) {
                throw new FormatException(
                        "missing-column", "%s the key column '%s' of the feed.".formatted(whoLacks, column));
            }
        }
    }
}
