package dev.sluice.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Lets a {@link Json} stand inside other JSON as the value that it is. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    static final class Writer extends ValueSerializer<Json> {

        @Override
        public void serialize(Json value, JsonGenerator json, SerializationContext context) {
            json.writeRawValue(new String(value.utf8(), StandardCharsets.UTF_8));
        }
    }

    static final class Reader extends ValueDeserializer<Json> {

        @Override
        public Json deserialize(JsonParser parser, DeserializationContext context) {
            var bytes = new ByteArrayOutputStream();
            try (JsonGenerator copy = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
                copy.copyCurrentStructureExact(parser);
            }
            return Json.of(bytes.toByteArray());
        }

        @Override
        public Json getNullValue(DeserializationContext context) {
            return Json.NULL;
        }

        @Override
        public Json getAbsentValue(DeserializationContext context) {
            return Json.NULL;
        }
    }
}
