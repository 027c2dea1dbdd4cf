package dev.sluice.web;

import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A list and a row with nothing around them: the query that the API's route sends too, and its items as the same JSON. */
final class BareRoutes {

    private static final JsonFactory JSON = new JsonFactory();
    private static final AttributeValue NONE = AttributeValue.fromNul(true);

    private final DynamoDbClient dynamo;

    BareRoutes(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
    }

    /** The latest 50 objects of a feed that have been read. */
    String objects() {
        var answer = dynamo.query(query -> query.tableName("ledger")
                .indexName("byFeed")
                .keyConditionExpression("feed = :feed AND stateTime BETWEEN :low AND :high")
                .expressionAttributeValues(Map.of(
                        ":feed", AttributeValue.fromS("countries"),
                        ":low", AttributeValue.fromS("done#"),
                        ":high", AttributeValue.fromS("done#~")))
                .scanIndexForward(false)
                .limit(52));
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("items");
            answer.items().forEach(item -> object(json, item));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void object(JsonGenerator json, Map<String, AttributeValue> item) {
        json.writeStartObject();
        texts(json, item, "id", "bucket", "key", "version", "feed", "state", "reason", "message");
        numbers(json, item, "records", "rows", "rejects", "dropped", "removed", "bytes", "attempts");
        texts(json, item, "started", "finished", "updated");
        json.writeEndObject();
    }

    /** A row by its key. */
    String row(String key) {
        var item = dynamo.getItem(get -> get.tableName("rows")
                        .key(Map.of("pk", AttributeValue.fromS("countries#07"), "sk", AttributeValue.fromS(key)))
                        .consistentRead(true))
                .item();
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("feed", "countries");
            json.writeStringProperty("key", item.getOrDefault("sk", NONE).s());
            json.writeObjectPropertyStart("data");
            new TreeMap<>(item.getOrDefault("data", NONE).m()).forEach((name, value) -> {
                if (value.n() == null) {
                    json.writeStringProperty(name, value.s());
                } else {
                    json.writeName(name);
                    json.writeNumber(value.n());
                }
            });
            json.writeEndObject();
            json.writeObjectPropertyStart("source");
            texts(json, item.getOrDefault("source", NONE).m(), "object", "version");
            numbers(json, item.getOrDefault("source", NONE).m(), "line", "offset");
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void texts(JsonGenerator json, Map<String, AttributeValue> item, String... names) {
        for (String name : names) {
            json.writeStringProperty(name, item.getOrDefault(name, NONE).s());
        }
    }

    private static void numbers(JsonGenerator json, Map<String, AttributeValue> item, String... names) {
        for (String name : names) {
            json.writeName(name);
            json.writeNumber(item.getOrDefault(name, NONE).n());
        }
    }
}
