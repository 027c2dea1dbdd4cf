package dev.sluice.trigger;

import java.util.Map;
import java.util.Set;
import tools.jackson.core.json.JsonFactory;

/**
 * The marks by which one kind of event is told from another, as far as an {@link EventLook} has seen them. Values that
 * can be secret are not among them.
 *
 * @param keys the names at the top
 * @param recordSource the field by which {@code Records} name their source, such as {@code eventSource=aws:s3}; empty if
 *     they name none
 * @param marks the values at the top that say what an event is, by their names
 * @param context the names in {@code requestContext}
 */
record EventShape(Set<String> keys, String recordSource, Map<String, String> marks, Set<String> context) {

    static final JsonFactory JSON = new JsonFactory();

    boolean has(String mark, String value) {
        return value.equals(marks.get(mark));
    }
}
