package dev.sluice.trigger;

import dev.sluice.value.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Walks over JSON and hands out places in its bytes: a stream's batch is read in less time than a parser takes to make
 * texts of it. All that it passes has to be JSON.
 */
final class JsonCursor {

    private final byte[] json;
    private final JsonScan scan;
    private final CommonTexts common = new CommonTexts();
    private int at;
    private int depth;

    /** Whether the object or array was just entered: no comma stands before its first item. */
    private boolean entered;

    /** Where the value ended that was just passed, blanks behind it left out. */
    private int end;

    /** The name that the cursor stands behind: its bytes without quotes, as they are and with escapes resolved. */
    private int nameFrom;

    private int nameTo;
    private byte[] name;
    private int plainFrom;
    private int plainTo;

    JsonCursor(byte[] json) {
        this.json = json;
        this.scan = new JsonScan(json);
        this.name = json;
        this.at = scan.blanks(0);
    }

    /** Enters the object that the cursor stands at; false for null, which it passes. */
    boolean object() {
        return enter('{', "an object");
    }

    /** Enters the array that the cursor stands at; false for null, which it passes. */
    boolean array() {
        return enter('[', "an array");
    }

    private boolean enter(char opening, String what) {
        if (kind() == 'n') {
            skip();
            return false;
        }
        if (kind() != opening) {
            throw new MalformedEventException("The event holds something else where " + what + " belongs.");
        }
        JsonScan.bound(++depth);
        passed(at + 1);
        entered = true;
        return true;
    }

    /** Goes to the next field's value; behind the object if it has no more. The value before has to be passed. */
    boolean field() {
        if (!item('}')) {
            return false;
        }
        nameFrom = at + 1;
        int behind = scan.string(at);
        nameTo = behind - 1;
        if (scan.escaped()) {
            name = unescape(nameFrom, nameTo).getBytes(StandardCharsets.UTF_8);
            plainFrom = 0;
            plainTo = name.length;
        } else {
            name = json;
            plainFrom = nameFrom;
            plainTo = nameTo;
        }
        passed(scan.sign(scan.blanks(behind), ':'));
        return true;
    }

    /** Goes to the next item of an array; behind the array if it has no more. The item before has to be passed. */
    boolean item() {
        return item(']');
    }

    private boolean item(char closing) {
        if (kind() == closing) {
            depth--;
            entered = false;
            passed(at + 1);
            return false;
        }
        if (!entered) {
            passed(scan.sign(at, ','));
        }
        entered = false;
        return true;
    }

    /** Sees that nothing follows what was passed. */
    void end() {
        if (at < json.length) {
            throw new MalformedEventException("Something follows the event's JSON object.");
        }
    }

    /** Whether the field has this name. */
    boolean named(byte[] expected) {
        return Arrays.equals(name, plainFrom, plainTo, expected, 0, expected.length);
    }

    /** The field's name. */
    String name() {
        return new String(name, plainFrom, plainTo - plainFrom, StandardCharsets.UTF_8);
    }

    /** Copies the field's name with its quotes. */
    void copyName(JsonBytes to) {
        to.add(json, nameFrom - 1, nameTo + 1);
    }

    /** Passes the value, whatever it is. */
    void skip() {
        passed(scan.value(at, depth));
    }

    private void passed(int behind) {
        end = behind;
        at = scan.blanks(behind);
    }

    /** What kind of value the cursor stands at: its first byte; 0 behind the end. */
    byte kind() {
        return scan.at(at);
    }

    /** The text, or the digits of the number, that the cursor stands at; empty for null. */
    String text() {
        return text(false);
    }

    /** The same for a text that many records have. */
    String commonText() {
        return text(true);
    }

    private String text(boolean often) {
        int from = at;
        byte kind = kind();
        skip();
        return switch (kind) {
            case '"' -> scan.escaped() ? unescape(from + 1, end - 1) : text(from + 1, end - 1, often);
            case 'n' -> "";
            case '{', '[', 't', 'f' ->
                throw new MalformedEventException("The event holds something else where a text belongs.");
            default -> text(from, end, often);
        };
    }

    private String text(int from, int to, boolean often) {
        return often ? common.text(json, from, to) : new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    /** Copies the string that the cursor stands at with its quotes, escapes and all. */
    void copyString(JsonBytes to) {
        int from = at;
        passed(scan.string(from));
        to.add(json, from, end);
    }

    /** Copies the content of the string that the cursor stands at, which has to be a number and nothing else. */
    void copyNumber(JsonBytes to) {
        int from = scan.sign(at, '"');
        int until = scan.number(from);
        passed(scan.sign(until, '"'));
        to.add(json, from, until);
    }

    private String unescape(int from, int to) {
        try (JsonParser text = EventShape.JSON.createParser(ObjectReadContext.empty(), json, from - 1, to - from + 2)) {
            text.nextToken();
            return text.getString();
        }
    }
}
