package dev.sluice.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON tokens into values; numbers keep every digit. */
public final class JsonValues {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonValues() {}

    /**
     * The object that the parser stands at the beginning of.
     *
     * @throws RejectedException if it names a field twice
     */
    public static Map<String, Value> object(JsonParser json) throws RejectedException {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (fields.put(name, value(json, json.nextToken())) != null) {
                throw new RejectedException(RejectReason.DUPLICATE_COLUMN, name, "The record names a field twice.");
            }
        }
        return fields;
    }

    /** The value that a whole text stands for. */
    public static Value parse(String text) throws RejectedException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = json.nextToken();
            if (first != null) {
                Value value = value(json, first);
                if (json.nextToken() == null) {
                    return value;
                }
            }
        } catch (JacksonException _) {
            // Said below, without what was read.
        }
        throw new RejectedException(RejectReason.JSON, "", "The text is not valid JSON.");
    }

    /** The value that begins with the token. A switch that takes null too would be slow where C1 compiles it. */
    private static Value value(JsonParser json, @Nullable JsonToken token) throws RejectedException {
        if (token == null) {
            throw invalid();
        }
        return switch (token) {
            case VALUE_STRING -> new Value.Text(json.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(json.getString());
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case VALUE_NULL -> Value.Null.NULL;
            case START_OBJECT -> new Value.Fields(object(json));
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                    items.add(value(json, next));
                }
                yield new Value.Items(items);
            }
            default -> throw invalid();
        };
    }

    private static RejectedException invalid() {
        return new RejectedException(RejectReason.JSON, "", "The record is not valid JSON.");
    }
}
