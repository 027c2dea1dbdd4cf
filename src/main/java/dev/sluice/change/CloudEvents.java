package dev.sluice.change;

import dev.sluice.change.Incoming.Claimed;
import dev.sluice.change.Incoming.Foreign;
import dev.sluice.change.Incoming.Whole;
import dev.sluice.value.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads change events out of CloudEvents 1.0 in JSON (CloudEvents, "JSON Event Format"). */
final class CloudEvents {

    private CloudEvents() {}

    /** The change events in a record's bytes, one or several. */
    static List<Incoming> decode(Json json) {
        try {
            JsonNode record = json.tree();
            if (!record.isArray() || record.isEmpty()) {
                return List.of(incoming(record));
            }
            var events = new ArrayList<Incoming>(record.size());
            record.forEach(event -> events.add(incoming(event)));
            return events;
        } catch (JacksonException _) {
            return List.of(Foreign.FOREIGN);
        }
    }

    private static Incoming incoming(JsonNode event) {
        if (!event.has("data") && event.path("dataref").isString()) {
            return new Claimed(event, event.path("dataref").stringValue());
        }
        Optional<ChangeEvent> whole = event(event, event.path("data"));
        return whole.isPresent() ? new Whole(whole.get()) : Foreign.FOREIGN;
    }

    /** The change event with these attributes and data; empty if they are something else. */
    static Optional<ChangeEvent> event(JsonNode event, JsonNode data) {
        try {
            String type = event.path("type").asString("");
            Optional<Change.Kind> kind = Arrays.stream(Change.Kind.values())
                    .filter(one -> type.equals(one.type()))
                    .findFirst();
            if (!event.path("specversion").asString("").equals("1.0") || kind.isEmpty()) {
                return Optional.empty();
            }
            boolean beforeOmitted = event.path("omitted").asString("").equals("before");
            return Optional.of(new ChangeEvent(
                    text(event, "id"),
                    text(event, "source"),
                    kind.get(),
                    text(data, "feed"),
                    text(data, "key"),
                    Instant.parse(text(event, "time")),
                    text(event, "sequence"),
                    beforeOmitted ? Json.NULL : Json.of(data.required("before").toString()),
                    Json.of(data.required("after").toString()),
                    beforeOmitted,
                    event.path("expired").asBoolean(false),
                    event.path("traceparent").asString("")));
        } catch (JacksonException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
