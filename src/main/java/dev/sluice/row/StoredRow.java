package dev.sluice.row;

import dev.sluice.aws.Item;
import dev.sluice.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads an item of the rows table back as the row it is. */
final class StoredRow {

    private StoredRow() {}

    static Row of(String feed, Item item) {
        Item source = item.map("source");
        return new Row(
                new RowKey(feed, item.text("sk")),
                fields(item.map("data").attributes()),
                new Row.Source(
                        source.text("object"),
                        source.text("version"),
                        source.number("line"),
                        source.number("offset"),
                        source.find(RowItem.LINES_FROM).map(from -> Long.parseLong(from.n()))));
    }

    /** DynamoDB keeps no order of fields: by name, so that a row always looks the same. */
    private static Map<String, Value> fields(Map<String, AttributeValue> attributes) {
        Map<String, Value> fields = LinkedHashMap.newLinkedHashMap(attributes.size());
        new TreeMap<>(attributes).forEach((name, value) -> fields.put(name, value(value)));
        return fields;
    }

    private static Value value(AttributeValue attribute) {
        return switch (attribute.type()) {
            case S -> new Value.Text(attribute.s());
            case N -> new Value.Num(attribute.n());
            case BOOL -> new Value.Bool(attribute.bool());
            case NUL -> Value.Null.NULL;
            case L ->
                new Value.Items(attribute.l().stream().map(StoredRow::value).toList());
            case M -> new Value.Fields(fields(attribute.m()));
            case SS, NS, B, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("Sluice writes no attribute of the type " + attribute.type()
                        + ": something else has written into the rows table.");
        };
    }
}
