package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** One JSON object a line, read as tokens. */
final class NdjsonRecords implements Records {

    private static final JsonFactory JSON = new JsonFactory();

    private final Framer framer;

    NdjsonRecords(Framer framer) {
        this.framer = framer;
    }

    @Override
    public boolean next() throws IOException {
        while (framer.next()) {
            if (framer.tooLong() || !isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean isBlank() {
        byte[] bytes = framer.bytes();
        int to = framer.start() + framer.length();
        for (int i = framer.start(); i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] raw() {
        return Arrays.copyOfRange(framer.bytes(), framer.start(), framer.start() + framer.length());
    }

    @Override
    public Place place() {
        return framer.place();
    }

    @Override
    public Map<String, Value> fields() throws RejectedException {
        if (framer.tooLong()) {
            throw new RejectedException(
                    RejectReason.RECORD_TOO_LARGE, "", "The record has %d bytes.".formatted(framer.size()));
        }
        // Given bytes, Jackson guesses at UTF-16 and takes overlong sequences for characters.
        String line = Utf8.decode(framer.bytes(), framer.start(), framer.length());
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new RejectedException(RejectReason.JSON, "", "The line is not a JSON object.");
            }
            Map<String, Value> fields = object(json);
            if (json.nextToken() != null) {
                throw new RejectedException(RejectReason.JSON, "", "Something follows the line's JSON object.");
            }
            return fields;
        } catch (StreamConstraintsException e) {
            throw new RejectedException(RejectReason.NESTING, "", "A value is nested too deep, or a number too long.");
        } catch (JacksonException e) {
            throw new RejectedException(
                    RejectReason.JSON,
                    "",
                    "The line is not valid JSON from its column %d on."
                            .formatted(e.getLocation().getColumnNr()));
        }
    }

    private static Map<String, Value> object(JsonParser json) throws RejectedException {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (fields.put(name, value(json)) != null) {
                throw new RejectedException(RejectReason.DUPLICATE_COLUMN, name, "The line names a field twice.");
            }
        }
        return fields;
    }

    private static Value value(JsonParser json) throws RejectedException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new Value.Text(json.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(json.getString());
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case VALUE_NULL -> Value.Null.NULL;
            case START_OBJECT -> new Value.Fields(object(json));
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield new Value.Items(items);
            }
            default -> throw new RejectedException(RejectReason.JSON, "", "The line is not valid JSON.");
        };
    }
}
