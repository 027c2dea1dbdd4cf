package dev.sluice.row;

import dev.sluice.aws.Item;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Sha256;
import dev.sluice.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row as an item of the rows table, checked against DynamoDB's limits before it is sent: one refused item would fail
 * the whole batch. Limits and sizes: Amazon DynamoDB Developer Guide, "Quotas" and "Item sizes and formats".
 *
 * @param rank how new the row is, where the newest row of a key stays
 * @param bytes the item's size, never less than what DynamoDB counts
 */
record RowItem(RowKey key, Optional<Rank> rank, Map<String, AttributeValue> attributes, int bytes) {

    static final String RANK = "rank";
    static final String SOURCE = "source";
    static final String OBJECT = "object";
    static final String VERSION = "version";
    static final String LINES_FROM = "linesFrom";

    /** An index and its partition key; rows without the attribute are not in it. */
    static final String BY_SOURCE = "bySource";

    private static final int MAX_ITEM_BYTES = 400 * 1024;
    private static final int MAX_KEY_BYTES = 1024;
    private static final int MAX_DEPTH = 32;

    /** DynamoDB takes 64 KB, but what reads its stream should not have to. */
    private static final int MAX_NAME_BYTES = 32 * 1024;

    /** Whether a row can have this key. */
    static boolean isKey(String key) {
        return !key.isEmpty() && key.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES;
    }

    static RowItem of(Row row, String partition, Keeping keeping) throws RejectedException {
        String key = row.key().key();
        if (key.isEmpty()) {
            throw new RejectedException(RejectReason.EMPTY_KEY, "", "The row key is empty.");
        }
        if (utf8Length(key, "") > MAX_KEY_BYTES) {
            throw new RejectedException(
                    RejectReason.KEY_TOO_LONG, "", "The row key has over %d bytes.".formatted(MAX_KEY_BYTES));
        }
        var size = new Size();
        var data = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(
                row.data().size());
        for (var field : row.data().entrySet()) {
            String column = field.getKey();
            size.add(nameLength(column, column) + 1, column);
            data.put(column, attribute(field.getValue(), column, 2, size));
        }
        var source = row.source();
        var attributes = HashMap.<String, AttributeValue>newHashMap(6);
        attributes.put("pk", AttributeValue.fromS(partition));
        attributes.put("sk", AttributeValue.fromS(key));
        attributes.put("data", AttributeValue.fromM(data));
        attributes.put(SOURCE, AttributeValue.fromM(attributes(source)));
        size.add(
                utf8Length(partition, "")
                        + utf8Length(key, "")
                        + utf8Length(source.object(), "")
                        + utf8Length(source.version(), "")
                        + 256,
                "");
        if (keeping.traced()) {
            String bySource = bySource(partition, source.object());
            size.add(utf8Length(bySource, ""), "");
            attributes.put(BY_SOURCE, AttributeValue.fromS(bySource));
        }
        Optional<Rank> rank = Optional.empty();
        if (keeping.newest().isPresent()) {
            rank = Optional.of(Rank.of(row, keeping.newest().get()));
            String text = rank.get().text();
            size.add(utf8Length(text, keeping.newest().get().column()), "");
            attributes.put(RANK, AttributeValue.fromS(text));
        }
        return new RowItem(row.key(), rank, attributes, size.bytes);
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

    /** As many partition keys an object as its feed has, so that the index is not one hot partition. */
    static String bySource(String partition, String object) {
        return partition + "#" + HexFormat.of().formatHex(Sha256.of(object), 0, 16);
    }

    String version() {
        return new Item(attributes).map(SOURCE).text(VERSION);
    }

    /** Whether this row stays if the other one of its key is written after it. */
    boolean outranks(RowItem other) {
        return rank.isPresent() && rank.get().compareTo(other.rank().orElseThrow()) > 0;
    }

    private static AttributeValue attribute(Value value, String column, int depth, Size size) throws RejectedException {
        return switch (value) {
            case Value.Text(String text) -> {
                size.add(utf8Length(text, column), column);
                yield AttributeValue.fromS(text);
            }
            case Value.Num(String digits) -> {
                size.add(digits.length() + 1, column);
                yield AttributeValue.fromN(NumberRange.check(digits, column));
            }
            case Value.Bool(boolean truth) -> {
                size.add(1, column);
                yield AttributeValue.fromBool(truth);
            }
            case Value.Null _ -> {
                size.add(1, column);
                yield AttributeValue.fromNul(true);
            }
            case Value.Items(var values) -> {
                size.add(3, column);
                int inside = inside(depth, column);
                var items = new ArrayList<AttributeValue>(values.size());
                for (Value item : values) {
                    size.add(1, column);
                    items.add(attribute(item, column, inside, size));
                }
                yield AttributeValue.fromL(items);
            }
            case Value.Fields(var values) -> {
                size.add(3, column);
                int inside = inside(depth, column);
                var fields = new LinkedHashMap<String, AttributeValue>();
                for (var field : values.entrySet()) {
                    size.add(nameLength(field.getKey(), column) + 1, column);
                    fields.put(field.getKey(), attribute(field.getValue(), column, inside, size));
                }
                yield AttributeValue.fromM(fields);
            }
        };
    }

    /** A list or map takes up a level even when it is empty. */
    private static int inside(int depth, String column) throws RejectedException {
        if (depth >= MAX_DEPTH) {
            throw new RejectedException(
                    RejectReason.NESTING, column, "A value is nested over %d levels deep.".formatted(MAX_DEPTH));
        }
        return depth + 1;
    }

    private static int nameLength(String name, String column) throws RejectedException {
        int length = utf8Length(name, column);
        if (length == 0 || length > MAX_NAME_BYTES) {
            throw new RejectedException(
                    RejectReason.COLUMN_NAME,
                    column,
                    "A field has no name, or one of over %d bytes.".formatted(MAX_NAME_BYTES));
        }
        return length;
    }

    private static int utf8Length(String text, String column) throws RejectedException {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new RejectedException(RejectReason.ENCODING, column, "A text holds half of a surrogate pair.");
            }
        }
        return bytes;
    }

    private static final class Size {
        private int bytes;

        void add(int more, String column) throws RejectedException {
            bytes += more;
            if (bytes > MAX_ITEM_BYTES) {
                throw new RejectedException(RejectReason.ITEM_TOO_LARGE, column, "The item is over DynamoDB's 400 KB.");
            }
        }
    }
}
