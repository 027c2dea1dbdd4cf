package dev.sluice.format;

import dev.sluice.value.JsonValues;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** The fields of one JSON object. What our own reader does not take is read by Jackson, which takes it or says why not. */
final class JsonFields {

    /** Names and texts are as long as a record may be; what DynamoDB takes of them is checked with the item. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    private final Charset charset;
    private final TextDecoder decoder;
    private final JsonReader reader;

    JsonFields(Charset charset) {
        this.charset = charset;
        this.decoder = new TextDecoder(charset);
        this.reader = new JsonReader(decoder);
    }

    Map<String, Value> of(byte[] bytes, int start, int length) throws RejectedException {
        try {
            return reader.read(bytes, start, start + length);
        } catch (RejectedException _) {
            return byJackson(decoder.decode(bytes, start, length));
        }
    }

    /** Which bytes of a record that was rejected are at fault; half of a surrogate pair is one in JSON's own writing only. */
    Optional<Span> fault(byte[] record, RejectReason reason, Predicate<String> column) {
        if (reason == RejectReason.RECORD_TOO_LARGE) {
            return Optional.empty();
        }
        return decoder.malformed(record, 0, record.length).or(() -> JsonFault.of(record, charset, reason, column));
    }

    /** The same as Jackson reads it. */
    static Map<String, Value> byJackson(String record) throws RejectedException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), record)) {
            try {
                return whole(json);
            } catch (RejectedException e) {
                // It names the field of an object inside the record's.
                throw e.in(column(json));
            } catch (StreamConstraintsException _) {
                throw overLimit(json);
            } catch (JacksonException e) {
                TokenStreamLocation at = e.getLocation();
                throw new RejectedException(
                        RejectReason.JSON,
                        column(json),
                        "The record is not valid JSON from column %d of its line %d on."
                                .formatted(at.getColumnNr(), at.getLineNr()));
            }
        }
    }

    private static Map<String, Value> whole(JsonParser json) throws RejectedException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new RejectedException(RejectReason.JSON, "", "The record is not a JSON object.");
        }
        Map<String, Value> fields = JsonValues.object(json);
        if (json.nextToken() != null) {
            throw new RejectedException(RejectReason.JSON, "", "Something follows the record's JSON object.");
        }
        return fields;
    }

    private static RejectedException overLimit(JsonParser json) {
        boolean deep = json.streamReadContext().getNestingDepth() >= LIMITS.getMaxNestingDepth();
        return deep
                ? new RejectedException(RejectReason.NESTING, column(json), "A value is nested too deep.")
                : new RejectedException(
                        RejectReason.NUMBER_RANGE,
                        column(json),
                        "A number has over %d characters.".formatted(LIMITS.getMaxNumberLength()));
    }

    /** The field of the record, not of an object inside it. */
    private static String column(JsonParser json) {
        TokenStreamContext at = json.streamReadContext();
        while (at.getParent() != null && !at.getParent().inRoot()) {
            at = at.getParent();
        }
        String name = at.currentName();
        return name == null ? "" : name;
    }
}
