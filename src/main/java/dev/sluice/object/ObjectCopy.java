package dev.sluice.object;

import dev.sluice.feed.ColumnType;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.format.Compression;
import dev.sluice.format.Csv;
import dev.sluice.format.FormatException;
import dev.sluice.format.JsonArray;
import dev.sluice.format.Lines;
import dev.sluice.format.Ndjson;
import dev.sluice.format.Records;
import dev.sluice.object.LedgerEntry.Counts;
import dev.sluice.object.LedgerEntry.FirstError;
import dev.sluice.row.Row;
import dev.sluice.row.RowWriter;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns one object's bytes into rows and rejects, and counts them. */
final class ObjectCopy {

    private final Feeds.Match match;
    private final Map<String, ColumnType> types;
    private final RowMaker maker;
    private final Transforms transforms;
    private final RowWriter writer;
    private final RejectWriter rejects;

    private long read;
    private long rows;
    private long rejected;
    private long dropped;
    private Optional<FirstError> firstError = Optional.empty();

    ObjectCopy(Feeds.Match match, RowMaker maker, Transforms transforms, RowWriter writer, RejectWriter rejects) {
        this.match = match;
        this.types = types(match);
        this.maker = maker;
        this.transforms = transforms;
        this.writer = writer;
        this.rejects = rejects;
    }

    /** A JSON column of a JSON file is what it says already, a text too; of a column from the object's key it is not. */
    private static Map<String, ColumnType> types(Feeds.Match match) {
        var types = new HashMap<>(match.feed().rules().types());
        switch (match.feed().format()) {
            case Ndjson _, JsonArray _ ->
                types.entrySet()
                        .removeIf(type -> type.getValue() == ColumnType.JSON
                                && !match.columns().containsKey(type.getKey()));
            case Csv _, Lines _ -> {}
        }
        return types;
    }

    /**
     * Reads to the end.
     *
     * @throws FormatException if the object cannot be read on, or has too many rejects
     */
    void copy(InputStream compressed) throws IOException, FormatException {
        Feed feed = match.feed();
        Records records = feed.format()
                .open(
                        Compression.open(compressed),
                        requiredColumns(),
                        feed.rules().maxRecordBytes());
        while (records.next()) {
            read++;
            try {
                take(records);
            } catch (RejectedException e) {
                reject(records, e);
            }
        }
        checkRejects(true);
    }

    /** A column that the object's key gives is not looked for in the object. */
    private List<String> requiredColumns() {
        var columns = new ArrayList<>(match.feed().key());
        columns.removeAll(match.columns().keySet());
        return columns;
    }

    private void take(Records records) throws RejectedException {
        Row row = maker.row(records.place(), columns(records.fields()));
        Optional<Row> transformed = transforms.apply(match.feed(), row);
        if (transformed.isPresent()) {
            writer.put(transformed.get());
            rows++;
        } else {
            dropped++;
        }
    }

    private Map<String, Value> columns(Map<String, Value> fields) throws RejectedException {
        for (var column : match.columns().entrySet()) {
            if (fields.put(column.getKey(), new Value.Text(column.getValue())) != null) {
                throw new RejectedException(
                        RejectReason.DUPLICATE_COLUMN,
                        column.getKey(),
                        "The object's key and the record both give the column '%s'.".formatted(column.getKey()));
            }
        }
        for (var type : types.entrySet()) {
            Value value = fields.get(type.getKey());
            if (value != null) {
                fields.put(type.getKey(), type.getValue().convert(type.getKey(), value));
            }
        }
        return fields;
    }

    private void reject(Records records, RejectedException e) throws FormatException {
        rejected++;
        firstError = firstError.or(() -> Optional.of(FirstError.of(records.place(), e)));
        rejects.add(records.place(), e, records.raw());
        checkRejects(false);
    }

    private void checkRejects(boolean atEnd) throws FormatException {
        if (match.feed().rules().rejects().tooMany(rejected, read, atEnd)) {
            throw new FormatException(
                    "too-many-rejects",
                    "%d of %d records were rejected, more than the feed allows.".formatted(rejected, read));
        }
    }

    Counts counts() {
        return new Counts(read, rows, rejected, dropped);
    }

    Optional<FirstError> firstError() {
        return firstError;
    }
}
