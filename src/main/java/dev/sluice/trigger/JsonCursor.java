package dev.sluice.trigger;

import dev.sluice.value.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Walks over JSON that {@link EventShape} has found valid, and hands out places in its bytes: a stream's batch is read in
 * less time than a parser takes to make texts of it. What a value is, is checked; that it is JSON, is not.
 */
final class JsonCursor {

    private final byte[] json;
    private int at;

    /** The name that the cursor stands behind: its bytes without quotes, as they are and with escapes resolved. */
    private int nameFrom;

    private int nameTo;
    private byte[] name;
    private int plainFrom;
    private int plainTo;

    private boolean escaped;

    JsonCursor(byte[] json) {
        this.json = json;
        this.name = json;
        blanks();
    }

    /** Enters the object that the cursor stands at; false for null, which it passes. */
    boolean object() {
        return enter((byte) '{', "an object");
    }

    /** Enters the array that the cursor stands at; false for null, which it passes. */
    boolean array() {
        return enter((byte) '[', "an array");
    }

    private boolean enter(byte opening, String what) {
        if (json[at] == 'n') {
            skip();
            return false;
        }
        if (json[at] != opening) {
            throw new MalformedEventException("The event holds something else where " + what + " belongs.");
        }
        at++;
        blanks();
        return true;
    }

    /** Goes to the next field's value; behind the object if it has no more. The value before has to be passed. */
    boolean field() {
        if (!item((byte) '}')) {
            return false;
        }
        nameFrom = at + 1;
        string();
        nameTo = at - 1;
        if (escaped) {
            name = unescape(nameFrom, nameTo).getBytes(StandardCharsets.UTF_8);
            plainFrom = 0;
            plainTo = name.length;
        } else {
            name = json;
            plainFrom = nameFrom;
            plainTo = nameTo;
        }
        blanks();
        at++;
        blanks();
        return true;
    }

    /** Goes to the next item of an array; behind the array if it has no more. The item before has to be passed. */
    boolean item() {
        return item((byte) ']');
    }

    private boolean item(byte closing) {
        if (json[at] == ',') {
            at++;
            blanks();
        }
        if (json[at] == closing) {
            at++;
            blanks();
            return false;
        }
        return true;
    }

    /** Whether the field has this name. */
    boolean named(byte[] expected) {
        return Arrays.equals(name, plainFrom, plainTo, expected, 0, expected.length);
    }

    /** Copies the field's name with its quotes. */
    void copyName(JsonBytes to) {
        to.add(json, nameFrom - 1, nameTo + 1);
    }

    /** Passes the value, whatever it is. */
    void skip() {
        switch (json[at]) {
            case '"' -> string();
            case '{', '[' -> structure();
            default -> word();
        }
        blanks();
    }

    private void structure() {
        int depth = 0;
        do {
            switch (json[at]) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    /** Goes behind the string that begins here. */
    private void string() {
        escaped = false;
        byte[] bytes = json;
        int i = at + 1;
        while (bytes[i] != '"') {
            if (bytes[i] == '\\') {
                escaped = true;
                i++;
            }
            i++;
        }
        at = i + 1;
    }

    private void word() {
        while (at < json.length && ",]} \t\r\n".indexOf(json[at]) < 0) {
            at++;
        }
    }

    private void blanks() {
        while (at < json.length && json[at] <= ' ') {
            at++;
        }
    }

    /** What kind of value the cursor stands at: its first byte. */
    byte kind() {
        return json[at];
    }

    /** The text, or the digits of the number, that the cursor stands at; empty for null. */
    String text() {
        int from = at;
        byte kind = json[from];
        skip();
        return switch (kind) {
            case '"' -> {
                int to = end();
                yield escaped
                        ? unescape(from + 1, to - 1)
                        : new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
            }
            case 'n' -> "";
            case '{', '[', 't', 'f' ->
                throw new MalformedEventException("The event holds something else where a text belongs.");
            default -> new String(json, from, end() - from, StandardCharsets.ISO_8859_1);
        };
    }

    /** Where the value ended that was just passed, blanks behind it left out. */
    private int end() {
        int end = at;
        while (json[end - 1] <= ' ') {
            end--;
        }
        return end;
    }

    /** Copies the string that the cursor stands at with its quotes, escapes and all. */
    void copyString(JsonBytes to) {
        int from = at;
        string();
        to.add(json, from, at);
        blanks();
    }

    /** Copies the string's content, which has to be a number and nothing else; false if it is not. */
    boolean copyNumber(JsonBytes to) {
        int from = at + 1;
        string();
        int until = at - 1;
        for (int i = from; i < until; i++) {
            byte c = json[i];
            if ((c < '0' || c > '9') && c != '-' && c != '.' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        to.add(json, from, until);
        blanks();
        return until > from;
    }

    private String unescape(int from, int to) {
        try (JsonParser text = EventShape.JSON.createParser(ObjectReadContext.empty(), json, from - 1, to - from + 2)) {
            text.nextToken();
            return text.getString();
        }
    }
}
