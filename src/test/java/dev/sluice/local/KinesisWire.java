package dev.sluice.local;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The two ways in which Kinesis is spoken: one tree, written as JSON or as CBOR (which the Java SDK uses). */
final class KinesisWire {

    static final KinesisWire JSON = new KinesisWire("application/x-amz-json-1.1", 3, JsonMapper.builder());
    static final KinesisWire CBOR = new KinesisWire("application/x-amz-cbor-1.1", 0, CBORMapper.builder());

    private final String contentType;
    /** JSON has times in seconds, CBOR in milliseconds. */
    private final int timeScale;

    private final ObjectMapper mapper;

    private KinesisWire(String contentType, int timeScale, MapperBuilder<?, ?> mapper) {
        this.contentType = contentType;
        this.timeScale = timeScale;
        var times = new SimpleModule().addSerializer(Instant.class, new ValueSerializer<>() {
            @Override
            public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
                if (timeScale == 0) {
                    out.writeNumber(value.toEpochMilli());
                } else {
                    out.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), timeScale));
                }
            }
        });
        this.mapper = mapper.addModule(times).build();
    }

    static KinesisWire of(@Nullable String contentType) {
        return contentType != null && contentType.startsWith(CBOR.contentType) ? CBOR : JSON;
    }

    String contentType() {
        return contentType;
    }

    JsonNode read(byte[] body) {
        try {
            var node = mapper.readTree(body);
            return node.isObject() ? node : mapper.createObjectNode();
        } catch (JacksonException _) {
            throw new KinesisError("SerializationException", "The request body could not be read");
        }
    }

    byte[] write(JsonNode reply) {
        return mapper.writeValueAsBytes(reply);
    }

    Instant instant(JsonNode value) {
        return Instant.ofEpochMilli(
                value.decimalValue().movePointRight(timeScale).longValue());
    }
}
