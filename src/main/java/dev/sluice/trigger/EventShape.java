package dev.sluice.trigger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * @param recordSource the field by which all {@code Records} name their source, such as {@code eventSource=aws:s3};
 *     empty if they name none
 * @param marks the values at the top that say what an event is, by their names
 * @param context the names in {@code requestContext}
 */
record EventShape(Set<String> keys, String recordSource, Map<String, String> marks, Set<String> context) {

    static final JsonFactory JSON = new JsonFactory();

    private static final Set<String> MARKS = Set.of("version", "source", "detail-type", "Type", "Service", "Event");
    private static final Set<String> RECORD_MARKS = Set.of("eventSource", "EventSource");

    /**
     * Looks at an event, once and without keeping anything of it.
     *
     * @throws MalformedEventException if it is not one JSON object, or has records of several sources
     */
    static EventShape of(byte[] event) {
        var keys = new LinkedHashSet<String>();
        var marks = new HashMap<String, String>();
        var context = new LinkedHashSet<String>();
        String recordSource = "";
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
                } else if (MARKS.contains(key) && value == JsonToken.VALUE_STRING) {
                    marks.put(key, json.getString());
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new MalformedEventException("Something follows the event's JSON object.");
            }
            return new EventShape(keys, recordSource, marks, context);
        } catch (JacksonException e) {
            throw new MalformedEventException("The event is not valid JSON.");
        }
    }

    boolean has(String mark, String value) {
        return value.equals(marks.get(mark));
    }

    /**
     * The one of these kinds that the event is of.
     *
     * @throws UnknownEventException if it is of none or of several
     */
    <K extends EventKind> K oneOf(List<K> kinds) {
        List<K> found = kinds.stream().filter(kind -> kind.recognises(this)).toList();
        if (found.size() != 1) {
            throw new UnknownEventException(this);
        }
        return found.getFirst();
    }

    private static String recordSource(JsonParser json) {
        var sources = new HashSet<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String source = "";
            if (json.currentToken() == JsonToken.START_OBJECT) {
                for (String key = json.nextName(); key != null; key = json.nextName()) {
                    JsonToken value = json.nextToken();
                    if (RECORD_MARKS.contains(key) && value == JsonToken.VALUE_STRING) {
                        source += key + "=" + json.getString();
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
            sources.add(source);
        }
        if (sources.size() > 1) {
            throw new MalformedEventException("The records of the event are not all of one source.");
        }
        return sources.isEmpty() ? "" : sources.iterator().next();
    }

    private static void names(JsonParser json, Set<String> names) {
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            names.add(key);
            json.nextToken();
            json.skipChildren();
        }
    }
}
