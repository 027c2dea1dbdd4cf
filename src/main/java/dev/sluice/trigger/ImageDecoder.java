package dev.sluice.trigger;

import dev.sluice.value.Json;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/**
 * Turns attribute values as a DynamoDB stream writes them ({@code {"S":"text"}}, {@code {"N":"1"}}) into the plain JSON
 * that they stand for: numbers with the digits they have, binary as base64, sets as arrays (Amazon DynamoDB API
 * Reference, AttributeValue).
 */
final class ImageDecoder {

    private ImageDecoder() {}

    /** The plain JSON of the attribute value that the reader stands at. */
    static Json plain(EventReader value) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator plain = EventShape.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            attribute(value.tokens(), plain);
        }
        return Json.of(bytes.toByteArray());
    }

    private static void attribute(JsonParser json, JsonGenerator plain) {
        expect(json, JsonToken.START_OBJECT);
        String type = json.nextName();
        json.nextToken();
        switch (type) {
            case "S", "B" -> plain.writeString(text(json));
            case "N" -> plain.writeNumber(number(json));
            case "BOOL" -> plain.writeBoolean(truth(json));
            case "NULL" -> {
                truth(json);
                plain.writeNull();
            }
            case "M" -> map(json, plain);
            case "L" -> items(json, plain, ImageDecoder::attribute);
            case "SS", "BS" -> items(json, plain, (item, out) -> out.writeString(text(item)));
            case "NS" -> items(json, plain, (item, out) -> out.writeNumber(number(item)));
            case null, default -> throw malformed();
        }
        if (json.nextToken() != JsonToken.END_OBJECT) {
            throw malformed();
        }
    }

    private static void map(JsonParser json, JsonGenerator plain) {
        expect(json, JsonToken.START_OBJECT);
        plain.writeStartObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            plain.writeName(name);
            json.nextToken();
            attribute(json, plain);
        }
        plain.writeEndObject();
    }

    private interface Item {
        void copy(JsonParser json, JsonGenerator plain);
    }

    private static void items(JsonParser json, JsonGenerator plain, Item item) {
        expect(json, JsonToken.START_ARRAY);
        plain.writeStartArray();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            item.copy(json, plain);
        }
        plain.writeEndArray();
    }

    private static String text(JsonParser json) {
        expect(json, JsonToken.VALUE_STRING);
        return json.getString();
    }

    /** It goes out as it came in, so it has to be a number and nothing else. */
    private static String number(JsonParser json) {
        String digits = text(json);
        boolean plausible =
                !digits.isEmpty() && digits.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
        if (!plausible) {
            throw malformed();
        }
        return digits;
    }

    private static boolean truth(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw malformed();
        };
    }

    private static void expect(JsonParser json, JsonToken token) {
        if (json.currentToken() != token) {
            throw malformed();
        }
    }

    private static MalformedEventException malformed() {
        return new MalformedEventException("A record of the stream holds no attribute value where one belongs.");
    }
}
