package dev.sluice.change;

import dev.sluice.value.Json;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Change events as CloudEvents 1.0 in JSON (CloudEvents, "JSON Event Format"), and back. */
final class CloudEvents {

    private static final String TYPE = "dev.sluice.row.";
    private static final JsonFactory JSON = new JsonFactory();

    private CloudEvents() {}

    static byte[] encode(ChangeEvent event) {
        int room = 512 + event.before().utf8().length + event.after().utf8().length;
        var bytes = new ByteArrayOutputStream(room);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", "1.0");
            json.writeStringProperty("id", event.id());
            json.writeStringProperty("source", event.source());
            json.writeStringProperty("type", TYPE + event.kind().word());
            json.writeStringProperty("subject", event.subject());
            json.writeStringProperty("time", event.time().toString());
            json.writeStringProperty("sequence", event.sequence());
            if (event.omitted()) {
                json.writeBooleanProperty("omitted", true);
            }
            json.writeStringProperty("datacontenttype", "application/json");
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("feed", event.feed());
            json.writeStringProperty("key", event.key());
            raw(json, bytes, "before", event.before());
            raw(json, bytes, "after", event.after());
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** The bytes are copied past the generator, which would have to decode and encode them again. */
    private static void raw(JsonGenerator json, ByteArrayOutputStream bytes, String name, Json value) {
        json.writeName(name);
        json.writeRawValue("");
        json.flush();
        bytes.writeBytes(value.utf8());
    }

    /** The change event in those bytes; empty if they are something else. */
    static Optional<ChangeEvent> decode(Json json) {
        try {
            JsonNode event = json.tree();
            JsonNode data = event.path("data");
            String type = event.path("type").asString("");
            Optional<Change.Kind> kind = Arrays.stream(Change.Kind.values())
                    .filter(one -> type.equals(TYPE + one.word()))
                    .findFirst();
            if (!event.path("specversion").asString("").equals("1.0") || kind.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new ChangeEvent(
                    text(event, "id"),
                    text(event, "source"),
                    kind.get(),
                    text(data, "feed"),
                    text(data, "key"),
                    Instant.parse(text(event, "time")),
                    text(event, "sequence"),
                    Json.of(data.required("before").toString()),
                    Json.of(data.required("after").toString()),
                    event.path("omitted").asBoolean(false)));
        } catch (JacksonException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
