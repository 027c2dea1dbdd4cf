package dev.sluice.web;

import dev.sluice.row.Row;
import dev.sluice.value.Value;
import java.util.Map;

/** A row as the API shows it. */
record RowView(String feed, String key, Map<String, Value> data, Row.Source source) {

    static RowView of(Row row) {
        return new RowView(row.key().feed(), row.key().key(), row.data(), row.source());
    }
}
