package dev.sluice.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that can be done with CSV: fields split on bytes, quotes heeded, a String each. Knows no place, no errors,
 * no stream; only what it may be measured against.
 */
final class ByteSplitter {

    private final byte[] bytes;
    private final List<String> fields = new ArrayList<>();
    private int at;

    ByteSplitter(byte[] bytes) {
        this.bytes = bytes;
    }

    List<String> fields() {
        return fields;
    }

    boolean next() {
        fields.clear();
        while (at < bytes.length) {
            fields.add(bytes[at] == '"' ? quoted() : plain());
            if (at == bytes.length) {
                return true;
            }
            byte b = bytes[at++];
            if (b == '\r' && at < bytes.length && bytes[at] == '\n') {
                at++;
            }
            if (b != ',') {
                return true;
            }
        }
        return !fields.isEmpty();
    }

    private String plain() {
        int from = at;
        int i = at;
        while (i < bytes.length && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        at = i;
        return new String(bytes, from, i - from, StandardCharsets.UTF_8);
    }

    private String quoted() {
        int from = at + 1;
        int i = from;
        boolean doubled = false;
        while (bytes[i] != '"' || (i + 1 < bytes.length && bytes[i + 1] == '"')) {
            doubled |= bytes[i] == '"';
            i += bytes[i] == '"' ? 2 : 1;
        }
        at = i + 1;
        String text = new String(bytes, from, i - from, StandardCharsets.UTF_8);
        return doubled ? text.replace("\"\"", "\"") : text;
    }
}
