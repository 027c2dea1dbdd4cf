package dev.sluice.local;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The fields of a request, checked as the service checks them. */
record KinesisRequest(JsonNode fields) {

    JsonNode given(String name) {
        var node = fields.path(name);
        if (node.isMissingNode() || node.isNull()) {
            throw KinesisError.validation(
                    "Value null at '" + name + "' failed to satisfy constraint: Member must not be null");
        }
        return node;
    }

    String text(String name) {
        return given(name).asString();
    }

    @Nullable
    String optional(String name) {
        return fields.hasNonNull(name) ? fields.path(name).asString() : null;
    }

    byte[] data() {
        try {
            return given("Data").binaryValue();
        } catch (JacksonException _) {
            throw new KinesisError("SerializationException", "Data is not binary");
        }
    }

    int number(String name, int preset, int least, int most) {
        var value = fields.hasNonNull(name) ? fields.path(name).asInt() : preset;
        if (value < least || value > most) {
            throw KinesisError.validation("Value '" + value + "' at '" + name
                    + "' failed to satisfy constraint: must be between " + least + " and " + most);
        }
        return value;
    }
}
