package dev.sluice.trigger;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * A look at an event from its beginning, for no longer than it takes to tell what it is: in the order in which AWS writes
 * its fields that is the first of many records, or what stands before a request's body. Whoever decodes the event
 * verifies the rest with {@link EventReader}, before any bean sees it.
 */
final class EventLook {

    /** Values by which kinds are told. */
    private static final Set<String> MARKS = Set.of("version", "source", "detail-type", "Type", "Service", "Event");

    /** Names by which kinds are told, beside those of their sort. */
    private static final Set<String> TELLING = Set.of("routeKey", "detail", "headers", "multiValueHeaders");

    private static final Set<String> RECORD_MARKS = Set.of("eventSource", "EventSource");

    private final Predicate<EventShape> enough;

    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> sources = new LinkedHashSet<>();
    private final Map<String, String> marks = new HashMap<>();
    private final Set<String> context = new LinkedHashSet<>();

    private EventLook(Predicate<EventShape> enough) {
        this.enough = enough;
    }

    /**
     * The one of these kinds that the event is of.
     *
     * @throws UnknownEventException if it is of none or of several
     * @throws MalformedEventException if it is not one JSON object, or has records of several sources
     */
    static <K extends EventKind> K kind(byte[] event, List<K> kinds) {
        EventShape shape = new EventLook(seen -> kinds.stream().anyMatch(kind -> kind.recognises(seen))).look(event);
        List<K> found = kinds.stream().filter(kind -> kind.recognises(shape)).toList();
        if (found.size() != 1) {
            throw refusal(event);
        }
        return found.getFirst();
    }

    /**
     * The shape of the whole event.
     *
     * @throws MalformedEventException if it is not one JSON object, or has records of several sources
     */
    static EventShape whole(byte[] event) {
        return new EventLook(_ -> false).look(event);
    }

    /** Why an event is refused of which something is not as its kind has it: another look, at the whole of it, says so. */
    static RuntimeException refusal(byte[] event) {
        try {
            return new UnknownEventException(whole(event));
        } catch (MalformedEventException e) {
            return e;
        }
    }

    static boolean marksRecord(String name) {
        return RECORD_MARKS.contains(name);
    }

    private EventShape look(byte[] event) {
        try (JsonParser json = EventShape.JSON.createParser(ObjectReadContext.empty(), event)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEventException("The event is not a JSON object.");
            }
            if (!top(json) && json.nextToken() != null) {
                throw new MalformedEventException("Something follows the event's JSON object.");
            }
        } catch (JacksonException _) {
            throw new MalformedEventException("The event is not valid JSON.");
        }
        if (sources.size() > 1) {
            throw new MalformedEventException("The records of the event are not all of one source.");
        }
        return shape();
    }

    private EventShape shape() {
        return new EventShape(keys, sources.isEmpty() ? "" : sources.iterator().next(), marks, context);
    }

    /** Whether the fields were enough to tell before they ended. */
    private boolean top(JsonParser json) {
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            keys.add(key);
            JsonToken value = json.nextToken();
            boolean told;
            if (key.equals("Records") && value == JsonToken.START_ARRAY) {
                told = records(json);
            } else if (key.equals("requestContext") && value == JsonToken.START_OBJECT) {
                names(json);
                told = enough.test(shape());
            } else if (MARKS.contains(key) && value == JsonToken.VALUE_STRING) {
                marks.put(key, json.getString());
                told = enough.test(shape());
            } else {
                told = tells(key) && enough.test(shape());
            }
            if (told) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private static boolean tells(String key) {
        return TELLING.contains(key) || Sort.marked(key).isPresent();
    }

    private boolean records(JsonParser json) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String source = "";
            if (json.currentToken() == JsonToken.START_OBJECT) {
                for (String key = json.nextName(); key != null; key = json.nextName()) {
                    if (json.nextToken() == JsonToken.VALUE_STRING && RECORD_MARKS.contains(key)) {
                        source += key + "=" + json.getString();
                        if (sources.isEmpty() && enough.test(new EventShape(keys, source, marks, context))) {
                            sources.add(source);
                            return true;
                        }
                    }
                    json.skipChildren();
                }
            } else {
                json.skipChildren();
            }
            sources.add(source);
        }
        return false;
    }

    private void names(JsonParser json) {
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            context.add(key);
            json.nextToken();
            json.skipChildren();
        }
    }
}
