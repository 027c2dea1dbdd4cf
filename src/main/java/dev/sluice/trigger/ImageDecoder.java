package dev.sluice.trigger;

import dev.sluice.value.Json;
import dev.sluice.value.JsonBytes;
import java.nio.charset.StandardCharsets;

/**
 * Turns attribute values as a DynamoDB stream writes them ({@code {"S":"text"}}, {@code {"N":"1"}}) into the plain JSON
 * that they stand for: numbers with the digits they have, binary as base64, sets as arrays (Amazon DynamoDB API
 * Reference, AttributeValue). Texts are copied with the escapes that they have.
 */
final class ImageDecoder {

    private static final byte[] S = name("S");
    private static final byte[] N = name("N");
    private static final byte[] M = name("M");
    private static final byte[] L = name("L");
    private static final byte[] B = name("B");
    private static final byte[] BOOL = name("BOOL");
    private static final byte[] NULL = name("NULL");
    private static final byte[] SS = name("SS");
    private static final byte[] NS = name("NS");
    private static final byte[] BS = name("BS");

    private static final byte[] TRUE = name("true");
    private static final byte[] FALSE = name("false");
    private static final byte[] NOTHING = name("null");

    private final JsonCursor json;
    private final JsonBytes plain = new JsonBytes();

    ImageDecoder(JsonCursor json) {
        this.json = json;
    }

    /** The plain JSON of the attribute value that the cursor stands at, and passes. */
    Json plain() {
        attribute();
        return Json.of(plain.take());
    }

    private void attribute() {
        enter('{');
        json.object();
        if (!json.field()) {
            throw malformed();
        }
        if (json.named(S) || json.named(B)) {
            text();
        } else if (json.named(N)) {
            number();
        } else if (json.named(M)) {
            map();
        } else if (json.named(BOOL)) {
            add(truth() ? TRUE : FALSE);
        } else if (json.named(NULL)) {
            truth();
            add(NOTHING);
        } else if (json.named(L)) {
            items(this::attribute);
        } else if (json.named(SS) || json.named(BS)) {
            items(this::text);
        } else if (json.named(NS)) {
            items(this::number);
        } else {
            throw malformed();
        }
        if (json.field()) {
            throw malformed();
        }
    }

    private void map() {
        enter('{');
        json.object();
        plain.add('{');
        for (boolean first = true; json.field(); first = false) {
            if (!first) {
                plain.add(',');
            }
            json.copyName(plain);
            plain.add(':');
            attribute();
        }
        plain.add('}');
    }

    private void items(Runnable copy) {
        enter('[');
        json.array();
        plain.add('[');
        for (boolean first = true; json.item(); first = false) {
            if (!first) {
                plain.add(',');
            }
            copy.run();
        }
        plain.add(']');
    }

    private void text() {
        enter('"');
        json.copyString(plain);
    }

    /** It goes out as it came in, so it has to be a number and nothing else. */
    private void number() {
        enter('"');
        json.copyNumber(plain);
    }

    private boolean truth() {
        byte kind = json.kind();
        if (kind != 't' && kind != 'f') {
            throw malformed();
        }
        json.skip();
        return kind == 't';
    }

    private void enter(char kind) {
        if (json.kind() != kind) {
            throw malformed();
        }
    }

    private void add(byte[] word) {
        plain.add(word);
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static MalformedEventException malformed() {
        return new MalformedEventException("A record of the stream holds no attribute value where one belongs.");
    }
}
