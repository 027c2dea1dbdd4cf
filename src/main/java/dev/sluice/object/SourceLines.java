package dev.sluice.object;

import dev.sluice.row.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the lines of rows from their object's first line, as far as the ledger knows it: an object that was read in parts
 * had its lines counted from each part's first byte.
 */
public final class SourceLines {

    private final Ledger ledger;

    SourceLines(Ledger ledger) {
        this.ledger = ledger;
    }

    public List<Row> count(List<Row> rows) {
        Map<String, Optional<LedgerEntry>> entries = new HashMap<>();
        return rows.stream().map(row -> count(row, entries)).toList();
    }

    private Row count(Row row, Map<String, Optional<LedgerEntry>> entries) {
        Row.Source source = row.source();
        return source.linesFrom()
                .flatMap(from -> entries.computeIfAbsent(source.object(), this::find)
                        .filter(entry -> entry.version().equals(source.version()))
                        .flatMap(LedgerEntry::split)
                        .flatMap(split -> split.line(from, source.line())))
                .map(line -> new Row.Source(source.object(), source.version(), line, source.offset()))
                .map(counted -> new Row(row.key(), row.data(), counted))
                .orElse(row);
    }

    private Optional<LedgerEntry> find(String object) {
        return ledger.find(ObjectId.of(object));
    }
}
