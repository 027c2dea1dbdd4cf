package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;

/**
 * Reads one JSON object (RFC 8259) where it lies, straight into what is kept. It takes nothing that Jackson would not take,
 * and reads it alike; of the rest it only says that it has to be read by Jackson.
 */
final class JsonReader {

    private static final int DEEPEST = StreamReadConstraints.DEFAULT_MAX_DEPTH;
    private static final int LONGEST_NUMBER = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

    private static final Value TRUE = new Value.Bool(true);
    private static final Value FALSE = new Value.Bool(false);

    private final TextDecoder decoder;
    private final JsonNames names = new JsonNames();

    private byte[] bytes = {};
    private int at;
    private int end;

    JsonReader(TextDecoder decoder) {
        this.decoder = decoder;
    }

    /** @throws RejectedException if the bytes are not one object, or not one for this reader */
    Map<String, Value> read(byte[] record, int from, int to) throws RejectedException {
        bytes = record;
        at = from;
        end = to;
        require(token() == '{');
        Map<String, Value> fields = object(1);
        skipBlanks();
        require(at == end);
        return fields;
    }

    private Map<String, Value> object(int depth) throws RejectedException {
        require(depth <= DEEPEST);
        Map<String, Value> fields = new LinkedHashMap<>();
        if (!closes('}')) {
            do {
                String name = name();
                require(fields.put(name, value(depth)) == null);
            } while (goesOn('}'));
        }
        return fields;
    }

    private List<Value> array(int depth) throws RejectedException {
        require(depth <= DEEPEST);
        List<Value> items = new ArrayList<>();
        if (!closes(']')) {
            do {
                items.add(value(depth));
            } while (goesOn(']'));
        }
        return items;
    }

    private boolean closes(char bracket) throws RejectedException {
        boolean closes = token() == bracket;
        at -= closes ? 0 : 1;
        return closes;
    }

    private boolean goesOn(char bracket) throws RejectedException {
        byte b = token();
        require(b == ',' || b == bracket);
        return b == ',';
    }

    private Value value(int depth) throws RejectedException {
        return switch (token()) {
            case '"' -> new Value.Text(text());
            case '{' -> new Value.Fields(object(depth + 1));
            case '[' -> new Value.Items(array(depth + 1));
            case 't' -> word("rue", TRUE);
            case 'f' -> word("alse", FALSE);
            case 'n' -> word("ull", Value.Null.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(at - 1);
            default -> throw refused();
        };
    }

    private Value word(String rest, Value value) throws RejectedException {
        for (int i = 0; i < rest.length(); i++) {
            require(at < end && bytes[at++] == rest.charAt(i));
        }
        return value;
    }

    private Value number(int from) throws RejectedException {
        int i = bytes[from] == '-' ? from + 1 : from;
        i = isOneOf(i, '0', '0') ? i + 1 : digits(i);
        if (isOneOf(i, '.', '.')) {
            i = digits(i + 1);
        }
        if (isOneOf(i, 'e', 'E')) {
            i = digits(isOneOf(i + 1, '+', '-') ? i + 2 : i + 1);
        }
        require(i - from <= LONGEST_NUMBER);
        at = i;
        return new Value.Num(ascii(from, i));
    }

    /** The index behind the digits, of which there has to be one. */
    private int digits(int from) throws RejectedException {
        int i = from;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        require(i > from);
        return i;
    }

    private boolean isOneOf(int i, char a, char b) {
        return i < end && (bytes[i] == a || bytes[i] == b);
    }

    /** A field's name, with its colon. */
    private String name() throws RejectedException {
        JsonNames.Name guess = names.guess();
        if (guess.isAt(bytes, at, end)) {
            names.confirm(guess);
            at += guess.length();
            return guess.text();
        }
        int from = at;
        require(token() == '"');
        String text = text();
        require(token() == ':');
        return names.learn(text, bytes, from, at);
    }

    /** The text whose quote has been read, and the quote behind it. */
    private String text() throws RejectedException {
        int from = at;
        int i = unescaped(from);
        if (bytes[i] == '"') {
            at = i + 1;
            return decoder.decode(bytes, from, i - from);
        }
        return escaped(from, i);
    }

    private String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The index of the next quote, backslash or control character. */
    private int unescaped(int from) throws RejectedException {
        int i = from;
        while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] >= ' ' || bytes[i] < 0)) {
            i++;
        }
        require(i < end);
        return i;
    }

    /** A text that has its first escape, if any, at {@code first}. */
    private String escaped(int start, int first) throws RejectedException {
        var text = new StringBuilder();
        int from = start;
        int to = first;
        while (bytes[to] == '\\') {
            text.append(decoder.decode(bytes, from, to - from));
            at = to + 1;
            text.append(escape());
            from = at;
            to = unescaped(from);
        }
        require(bytes[to] == '"');
        at = to + 1;
        return text.append(decoder.decode(bytes, from, to - from)).toString();
    }

    private char escape() throws RejectedException {
        byte b = next();
        return switch (b) {
            case '"', '\\', '/' -> (char) b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw refused();
        };
    }

    private int hex() throws RejectedException {
        int digit = Character.digit(next(), 16);
        require(digit >= 0);
        return digit;
    }

    /** The next byte that is not blank. */
    private byte token() throws RejectedException {
        skipBlanks();
        return next();
    }

    private void skipBlanks() {
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b <= ' ' && (b == ' ' || b == '\t' || b == '\r' || b == '\n');
    }

    private byte next() throws RejectedException {
        require(at < end);
        return bytes[at++];
    }

    private static void require(boolean valid) throws RejectedException {
        if (!valid) {
            throw refused();
        }
    }

    private static RejectedException refused() {
        return new RejectedException(RejectReason.JSON, "", "The record is not JSON that this reader takes.");
    }
}
