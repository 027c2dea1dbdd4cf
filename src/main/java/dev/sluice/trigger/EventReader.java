package dev.sluice.trigger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/**
 * Walks through an event as tokens. Fields that nobody asks for are passed over, whatever they hold; but what a look at
 * the event's beginning has not seen is verified here.
 */
final class EventReader implements AutoCloseable {

    private final byte[] bytes;
    private final JsonParser json;

    private EventReader(byte[] bytes) {
        this.bytes = bytes;
        this.json = EventShape.JSON.createParser(ObjectReadContext.empty(), bytes);
    }

    /** Does something with the value of a field; it may leave the value alone. */
    interface Field {
        void read(String name, EventReader value);
    }

    /**
     * Reads an event's {@code Records}, each with {@link #record}.
     *
     * @throws MalformedEventException if the event is not what AWS documents
     */
    static <T> List<T> records(byte[] event, Function<EventReader, T> decode) {
        var records = new ArrayList<T>();
        event(event, (name, value) -> {
            if (name.equals("Records")) {
                value.items(item -> records.add(decode.apply(item)));
            }
        });
        return records;
    }

    /**
     * Reads a whole event.
     *
     * @throws UnknownEventException if it bears the marks of two sorts
     * @throws MalformedEventException if it is not what AWS documents
     */
    static void event(byte[] event, Field field) {
        var sorts = EnumSet.noneOf(Sort.class);
        object(event, (name, value) -> {
            Sort.marked(name).ifPresent(sorts::add);
            if (sorts.size() > 1) {
                throw value.refusal();
            }
            field.read(name, value);
        });
    }

    /** Reads a JSON object, and sees that nothing follows it. */
    static void object(byte[] object, Field field) {
        try (var reader = new EventReader(object)) {
            reader.json.nextToken();
            reader.fields(field);
            if (reader.json.nextToken() != null) {
                throw reader.refusal();
            }
        } catch (JacksonException _) {
            throw new MalformedEventException("The event is not valid JSON.");
        }
    }

    /** Reads the fields of the record that the reader stands at, which has to name this source and no other. */
    void record(String source, Field field) {
        var named = new StringBuilder();
        fields((name, value) -> {
            if (EventLook.marksRecord(name)) {
                named.append(name).append('=').append(value.text());
            } else {
                field.read(name, value);
            }
        });
        if (!source.contentEquals(named)) {
            throw refusal();
        }
    }

    /** Why this is not what it seemed to be. */
    RuntimeException refusal() {
        return EventLook.refusal(bytes);
    }

    /** Reads the fields of the object that the reader stands at. */
    void fields(Field field) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            field.read(name, this);
            // What the reader did not enter is passed over; what it entered, it has left at its end.
            json.skipChildren();
        }
    }

    /** Reads the items of the array that the reader stands at. */
    void items(Consumer<EventReader> item) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(JsonToken.START_ARRAY, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            item.accept(this);
            json.skipChildren();
        }
    }

    /** The text, or the digits of the number, that the reader stands at; empty for null. */
    String text() {
        return switch (json.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getString();
            case VALUE_NULL -> "";
            default -> throw new MalformedEventException("The event holds something else where a text belongs.");
        };
    }

    boolean truth() {
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    JsonParser tokens() {
        return json;
    }

    /** The value that the reader stands at, as it is written. */
    byte[] json() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator copy = EventShape.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            copy.copyCurrentStructureExact(json);
        }
        return bytes.toByteArray();
    }

    /** The JSON that the reader stands at, or that the text holds which it stands at. */
    byte[] jsonOrText() {
        return json.currentToken() == JsonToken.VALUE_STRING
                ? json.getString().getBytes(StandardCharsets.UTF_8)
                : json();
    }

    private void expect(JsonToken token, String what) {
        if (json.currentToken() != token) {
            throw new MalformedEventException("The event holds something else where " + what + " belongs.");
        }
    }

    @Override
    public void close() {
        json.close();
    }
}
