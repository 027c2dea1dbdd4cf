package dev.sluice.change;

import dev.sluice.change.Incoming.Claimed;
import dev.sluice.change.Incoming.Foreign;
import dev.sluice.change.Incoming.Whole;
import dev.sluice.value.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;

/** Change events as CloudEvents 1.0 in JSON (CloudEvents, "JSON Event Format"), and back. */
final class CloudEvents {

    private static final String TYPE = "dev.sluice.row.";

    private CloudEvents() {}

    /** The event with its data in it. */
    static byte[] encode(ChangeEvent event) {
        var json = new Text(attributes(event) + dataSize(event));
        attributes(event, json);
        json.raw(",\"data\":");
        data(event, json);
        json.raw("}");
        return json.bytes();
    }

    /** The event with a reference to its data. */
    static byte[] encode(ChangeEvent event, String dataref) {
        var json = new Text(attributes(event) + dataref.length());
        attributes(event, json);
        json.field(",\"dataref\":", dataref);
        json.raw("}");
        return json.bytes();
    }

    /** The event's data alone. */
    static byte[] data(ChangeEvent event) {
        var json = new Text(dataSize(event));
        data(event, json);
        return json.bytes();
    }

    /** About how many bytes that is. */
    private static int attributes(ChangeEvent event) {
        return 384 + event.key().length();
    }

    private static int dataSize(ChangeEvent event) {
        return 64
                + event.key().length()
                + event.before().utf8().length
                + event.after().utf8().length;
    }

    private static void attributes(ChangeEvent event, Text json) {
        json.field("{\"specversion\":\"1.0\",\"id\":", event.id());
        json.field(",\"source\":", event.source());
        json.field(",\"type\":", TYPE + event.kind().word());
        json.field(",\"subject\":", event.subject());
        json.field(",\"time\":", event.time().toString());
        json.field(",\"sequence\":", event.sequence());
        if (event.beforeOmitted()) {
            json.raw(",\"omitted\":\"before\"");
        }
        if (event.expired()) {
            json.raw(",\"expired\":true");
        }
        if (!event.traceparent().isEmpty()) {
            json.field(",\"traceparent\":", event.traceparent());
        }
        json.raw(",\"datacontenttype\":\"application/json\"");
    }

    private static void data(ChangeEvent event, Text json) {
        json.field("{\"feed\":", event.feed());
        json.field(",\"key\":", event.key());
        if (!event.beforeOmitted()) {
            json.raw(",\"before\":");
            json.raw(event.before().utf8());
        }
        json.raw(",\"after\":");
        json.raw(event.after().utf8());
        json.raw("}");
    }

    /** JSON while it is written: the row's data is copied as it is, which a generator would decode and encode again. */
    private static final class Text {

        private final ByteArrayOutputStream bytes;

        Text(int room) {
            bytes = new ByteArrayOutputStream(room);
        }

        void raw(String text) {
            raw(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void raw(byte[] text) {
            bytes.write(text, 0, text.length);
        }

        void field(String name, String value) {
            raw(name);
            bytes.write('"');
            raw(JsonStringEncoder.getInstance().quoteAsUTF8(value));
            bytes.write('"');
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

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
                    .filter(one -> type.equals(TYPE + one.word()))
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
