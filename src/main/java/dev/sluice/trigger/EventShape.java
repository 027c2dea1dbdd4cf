package dev.sluice.trigger;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The marks by which one kind of event is told from another. Values that can be secret are not among them.
 *
 * @param keys the names at the top
 * @param recordSource {@code eventSource} of the first of {@code Records}; empty if there is none
 * @param version the {@code version} at the top; empty if there is none
 * @param context the names in {@code requestContext}
 */
record EventShape(Set<String> keys, String recordSource, String version, Set<String> context) {

    static final JsonFactory JSON = new JsonFactory();

    /**
     * Looks at an event, once and without keeping anything of it.
     *
     * @throws MalformedEventException if it is not one JSON object
     */
    static EventShape of(byte[] event) {
        var keys = new LinkedHashSet<String>();
        var context = new LinkedHashSet<String>();
        String recordSource = "";
        String version = "";
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), event)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEventException("The event is not a JSON object.");
            }
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                keys.add(key);
                JsonToken value = json.nextToken();
                if (key.equals("Records") && value == JsonToken.START_ARRAY) {
                    recordSource = recordSource(json);
                } else if (key.equals("requestContext") && value == JsonToken.START_OBJECT) {
                    names(json, context);
                } else if (key.equals("version") && value == JsonToken.VALUE_STRING) {
                    version = json.getString();
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new MalformedEventException("Something follows the event's JSON object.");
            }
            return new EventShape(keys, recordSource, version, context);
        } catch (JacksonException e) {
            throw new MalformedEventException("The event is not valid JSON.");
        }
    }

    private static String recordSource(JsonParser json) {
        String source = "";
        boolean first = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (!first || json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            first = false;
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                JsonToken value = json.nextToken();
                if (key.equals("eventSource") && value == JsonToken.VALUE_STRING) {
                    source = json.getString();
                } else {
                    json.skipChildren();
                }
            }
        }
        return source;
    }

    private static void names(JsonParser json, Set<String> names) {
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            names.add(key);
            json.nextToken();
            json.skipChildren();
        }
    }
}
