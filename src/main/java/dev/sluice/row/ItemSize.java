package dev.sluice.row;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.util.Map;

/**
 * Counts an item's bytes as DynamoDB does, or more, and refuses what DynamoDB would. Limits and sizes: Amazon DynamoDB Developer
 * Guide, "Quotas" and "Item sizes and formats".
 */
final class ItemSize {

    private static final int MAX_ITEM_BYTES = 400 * 1024;
    private static final int MAX_DEPTH = 32;

    /** DynamoDB takes 64 KB, but what reads its stream should not have to. */
    private static final int MAX_NAME_BYTES = 32 * 1024;

    /** The names of the item's attributes, and its numbers that are not data. */
    private static final int OWN = 256;

    private int bytes = OWN;

    int bytes() {
        return bytes;
    }

    /** @throws RejectedException if the item gets too large, or the column is none that DynamoDB takes */
    void addColumn(String column, Value value) throws RejectedException {
        add(nameLength(column, column) + 1, column);
        add(value, column, 2);
    }

    void add(String text, String column) throws RejectedException {
        add(utf8Length(text, column), column);
    }

    void add(int more, String column) throws RejectedException {
        bytes += more;
        if (bytes > MAX_ITEM_BYTES) {
            throw new RejectedException(RejectReason.ITEM_TOO_LARGE, column, "The item is over DynamoDB's 400 KB.");
        }
    }

    private void add(Value value, String column, int depth) throws RejectedException {
        switch (value) {
            case Value.Text(String text) -> add(text, column);
            case Value.Num(String digits) -> add(NumberRange.bytes(digits, column), column);
            case Value.Bool _, Value.Null _ -> add(1, column);
            case Value.Items(var items) -> {
                requireDepth(depth, column);
                add(3 + items.size(), column);
                for (Value item : items) {
                    add(item, column, depth + 1);
                }
            }
            case Value.Fields(var fields) -> {
                requireDepth(depth, column);
                add(3, column);
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    add(nameLength(field.getKey(), column) + 1, column);
                    add(field.getValue(), column, depth + 1);
                }
            }
        }
    }

    /** A list or map takes up a level even when it is empty. */
    private static void requireDepth(int depth, String column) throws RejectedException {
        if (depth >= MAX_DEPTH) {
            throw new RejectedException(
                    RejectReason.NESTING, column, "A value is nested over %d levels deep.".formatted(MAX_DEPTH));
        }
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

    /** @throws RejectedException if the text is none that UTF-8 has */
    static int utf8Length(String text, String column) throws RejectedException {
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
}
