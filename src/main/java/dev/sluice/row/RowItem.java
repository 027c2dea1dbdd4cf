package dev.sluice.row;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Sha256;
import dev.sluice.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row that the rows table takes, checked before it is sent: one refused item would fail the whole batch.
 *
 * @param rank how new the row is, where the newest row of a key stays
 * @param traced whether it can be found by its object
 * @param bytes the item's size, never less than what DynamoDB counts
 */
record RowItem(Row row, String partition, Optional<Rank> rank, boolean traced, int bytes) {

    static final String RANK = "rank";
    static final String SOURCE = "source";
    static final String OBJECT = "object";
    static final String VERSION = "version";
    static final String LINES_FROM = "linesFrom";

    /** An index and its partition key; rows without the attribute are not in it. */
    static final String BY_SOURCE = "bySource";

    private static final int MAX_KEY_BYTES = 1024;
    private static final int HASH_DIGITS = 32;

    /** Whether a row can have this key. */
    static boolean isKey(String key) {
        return !key.isEmpty() && key.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES;
    }

    static RowItem of(Row row, String partition, Keeping keeping) throws RejectedException {
        String key = row.key().key();
        if (key.isEmpty()) {
            throw new RejectedException(RejectReason.EMPTY_KEY, "", "The row key is empty.");
        }
        if (ItemSize.utf8Length(key, "") > MAX_KEY_BYTES) {
            throw new RejectedException(
                    RejectReason.KEY_TOO_LONG, "", "The row key has over %d bytes.".formatted(MAX_KEY_BYTES));
        }
        var size = new ItemSize();
        for (var column : row.data().entrySet()) {
            size.addColumn(column.getKey(), column.getValue());
        }
        var source = row.source();
        size.add(partition, "");
        size.add(key, "");
        size.add(source.object(), "");
        size.add(source.version(), "");
        if (keeping.traced()) {
            size.add(partition, "");
            size.add(1 + HASH_DIGITS, "");
        }
        Optional<Rank> rank = Optional.empty();
        if (keeping.newest().isPresent()) {
            rank = Optional.of(Rank.of(row, keeping.newest().get()));
            size.add(rank.get().text(), keeping.newest().get().column());
        }
        return new RowItem(row, partition, rank, keeping.traced(), size.bytes());
    }

    RowKey key() {
        return row.key();
    }

    String version() {
        return row.source().version();
    }

    /** Whether this row stays if the other one of its key is written after it. */
    boolean outranks(RowItem other) {
        return rank.isPresent() && rank.get().compareTo(other.rank().orElseThrow()) > 0;
    }

    /** Made by who sends it, just before: what has waited is in no cache any more, and this is the larger part of it. */
    Map<String, AttributeValue> attributes() {
        var source = row.source();
        var attributes = HashMap.<String, AttributeValue>newHashMap(6);
        attributes.put("pk", AttributeValue.fromS(partition));
        attributes.put("sk", AttributeValue.fromS(row.key().key()));
        attributes.put("data", AttributeValue.fromM(attributes(row.data())));
        attributes.put(SOURCE, AttributeValue.fromM(attributes(source)));
        if (traced) {
            attributes.put(BY_SOURCE, AttributeValue.fromS(bySource(partition, source.object())));
        }
        rank.ifPresent(newest -> attributes.put(RANK, AttributeValue.fromS(newest.text())));
        return attributes;
    }

    /** As many partition keys an object as its feed has, so that the index is not one hot partition. */
    static String bySource(String partition, String object) {
        return partition + "#" + HexFormat.of().formatHex(Sha256.of(object), 0, HASH_DIGITS / 2);
    }

    private static Map<String, AttributeValue> attributes(Row.Source source) {
        var attributes = HashMap.<String, AttributeValue>newHashMap(5);
        attributes.put(OBJECT, AttributeValue.fromS(source.object()));
        attributes.put(VERSION, AttributeValue.fromS(source.version()));
        attributes.put("line", AttributeValue.fromN(Long.toString(source.line())));
        attributes.put("offset", AttributeValue.fromN(Long.toString(source.offset())));
        source.linesFrom().ifPresent(from -> attributes.put(LINES_FROM, AttributeValue.fromN(Long.toString(from))));
        return attributes;
    }

    private static Map<String, AttributeValue> attributes(Map<String, Value> values) {
        var attributes = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(values.size());
        values.forEach((name, value) -> attributes.put(name, attribute(value)));
        return attributes;
    }

    private static AttributeValue attribute(Value value) {
        return switch (value) {
            case Value.Text(String text) -> AttributeValue.fromS(text);
            case Value.Num(String digits) -> AttributeValue.fromN(digits);
            case Value.Bool(boolean truth) -> AttributeValue.fromBool(truth);
            case Value.Null _ -> AttributeValue.fromNul(true);
            case Value.Items(var values) ->
                AttributeValue.fromL(values.stream().map(RowItem::attribute).toList());
            case Value.Fields(var values) -> AttributeValue.fromM(attributes(values));
        };
    }
}
