package dev.sluice.format;

import dev.sluice.value.JsonValues;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;

/**
 * One Jackson parser for many records, fed one after the other: to make one for each, and to decode for it, takes longer
 * than to read the tokens. The non-blocking parser does not take a record's end for the input's, and it reads UTF-8 only.
 */
final class SharedJsonParser {

    /** A parser remembers every name it has read. */
    private static final int BYTES_A_PARSER = 16 * 1024 * 1024;

    private static final ByteScan MINUS = new ByteScan('-', '-', '-');

    private JsonParser json = open();
    private long read;

    private static JsonParser open() {
        return JsonFields.JSON.createNonBlockingByteArrayParser(ObjectReadContext.empty());
    }

    /** The fields of the one object that the bytes are; nothing if they are anything else, or not valid. */
    Optional<Map<String, Value>> read(byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        // Looked at here, since a new parser would skip a byte order mark.
        if (from == to || bytes[from] != '{' || mayHoldMinusZero(bytes, from, to)) {
            return Optional.empty();
        }
        Optional<Map<String, Value>> fields = object(bytes, from, to);
        read += to - from;
        if (fields.isEmpty() || read > BYTES_A_PARSER) {
            json = open();
            read = 0;
        }
        return fields;
    }

    private Optional<Map<String, Value>> object(byte[] bytes, int from, int to) {
        var feeder = (ByteArrayFeeder) json.nonBlockingInputFeeder();
        try {
            feeder.feedInput(bytes, from, to);
            if (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, Value> fields = JsonValues.object(json);
                // Where the bytes end too early the parser waits for more inside an object.
                if (json.streamReadContext().inRoot() && feeder.needMoreInput()) {
                    return Optional.of(fields);
                }
            }
        } catch (JacksonException | RejectedException _) {
            // The record is read again, and then it is told what is wrong.
        }
        return Optional.empty();
    }

    /** The non-blocking parser makes 0 of -0. */
    private static boolean mayHoldMinusZero(byte[] bytes, int from, int to) {
        for (int i = MINUS.next(bytes, from, to); i + 2 < to; i = MINUS.next(bytes, i + 1, to)) {
            if (bytes[i + 1] == '0' && "0123456789.eE".indexOf(bytes[i + 2]) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
