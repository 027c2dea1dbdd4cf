package dev.sluice.object;

import dev.sluice.feed.ColumnType;
import dev.sluice.feed.Feeds;
import dev.sluice.feed.RejectPolicy;
import dev.sluice.format.FormatException;
import dev.sluice.format.Records;
import dev.sluice.object.LedgerEntry.Counts;
import dev.sluice.object.LedgerEntry.FirstError;
import dev.sluice.object.LedgerEntry.Progress;
import dev.sluice.row.Row;
import dev.sluice.row.RowWriter;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Turns one object's records into rows and rejects, and counts them. */
final class ObjectCopy {

    private final Feeds.Match match;
    private final RejectPolicy policy;
    private final Map<String, ColumnType> types;
    private final RowMaker maker;
    private final Transforms transforms;
    private final RowWriter writer;
    private final RejectWriter rejects;

    private long read;
    private long rows;
    private long rejected;
    private long dropped;
    private final long removed;
    private Optional<FirstError> firstError;

    /**
     * @param policy how many rejects are too many
     * @param before what the records before the first one have come to
     */
    ObjectCopy(
            Feeds.Match match,
            RejectPolicy policy,
            RowMaker maker,
            Transforms transforms,
            RowWriter writer,
            RejectWriter rejects,
            Progress before) {
        this.match = match;
        this.policy = policy;
        this.types = types(match);
        this.maker = maker;
        this.transforms = transforms;
        this.writer = writer;
        this.rejects = rejects;
        this.read = before.counts().records();
        this.rows = before.counts().rows();
        this.rejected = before.counts().rejects();
        this.dropped = before.counts().dropped();
        this.removed = before.counts().removed();
        this.firstError = before.firstError();
    }

    /** A JSON column of a file that has types is what it says already, a text too; one from the object's key is not. */
    private static Map<String, ColumnType> types(Feeds.Match match) {
        var types = new HashMap<>(match.feed().rules().types());
        if (match.feed().format().hasTypes()) {
            types.entrySet()
                    .removeIf(type -> type.getValue() == ColumnType.JSON
                            && !match.columns().containsKey(type.getKey()));
        }
        return types;
    }

    /**
     * Reads one record at least, and on until it is told to pause.
     *
     * @param pause asked after each record
     * @return false at the end
     * @throws FormatException if the object cannot be read on, or has too many rejects
     */
    boolean copy(Records records, BooleanSupplier pause) throws IOException, FormatException {
        while (records.next()) {
            read++;
            try {
                take(records);
            } catch (RejectedException e) {
                reject(records, withColumn(e));
                requireOtherColumns(e);
            }
            if (!records.isOpen() && pause.getAsBoolean()) {
                return true;
            }
        }
        checkRejects(true);
        return false;
    }

    /** What one record of a CSV has twice, all have: its header names what the object's key gives too. */
    private void requireOtherColumns(RejectedException e) throws FormatException {
        if (e.reason() == RejectReason.DUPLICATE_COLUMN && match.feed().format().hasSameColumns()) {
            throw new FormatException(
                    "duplicate-column",
                    "The object's key and its header both give the column '%s'.".formatted(e.column()));
        }
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
        byte[] raw = records.raw();
        rejects.add(
                records.place(),
                e,
                raw,
                e.reason() == RejectReason.RECORD_TOO_LARGE ? records.bytes() : raw.length,
                match.feed().format().charset(),
                records.fault(e.reason(), atFault(e)));
        checkRejects(false);
    }

    /** Who finds a row key too long knows the key only. */
    private RejectedException withColumn(RejectedException e) {
        List<String> key = match.feed().key();
        return e.reason() == RejectReason.KEY_TOO_LONG && key.size() == 1 ? e.in(key.getFirst()) : e;
    }

    /** A row key is made of columns, of which none alone need be too long. */
    private Predicate<String> atFault(RejectedException e) {
        return e.reason() == RejectReason.KEY_TOO_LONG ? match.feed().key()::contains : e::isAt;
    }

    private void checkRejects(boolean atEnd) throws FormatException {
        checkRejects(policy, rejected, read, atEnd);
    }

    /** @throws FormatException if the object has too many rejects, as far as it was read */
    static void checkRejects(RejectPolicy policy, long rejects, long records, boolean atEnd) throws FormatException {
        if (policy.tooMany(rejects, records, atEnd)) {
            throw new FormatException(
                    "too-many-rejects",
                    "%d of %d records were rejected, more than the feed allows.".formatted(rejects, records));
        }
    }

    Progress progress() {
        return new Progress(new Counts(read, rows, rejected, dropped, removed), firstError);
    }
}
