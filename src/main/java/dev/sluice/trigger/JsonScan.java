package dev.sluice.trigger;

/** Passes single values of JSON (RFC 8259), and refuses what is none. */
final class JsonScan {

    /** As deep as Jackson goes. */
    static final int DEEPEST = 500;

    private final byte[] json;

    /** Whether the string that was passed last has escapes. */
    private boolean escaped;

    JsonScan(byte[] json) {
        this.json = json;
    }

    boolean escaped() {
        return escaped;
    }

    /** The byte there; 0, which no JSON has, behind the end. */
    byte at(int at) {
        return at < json.length ? json[at] : 0;
    }

    int blanks(int from) {
        int i = from;
        while (i < json.length && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** Where the value ends that begins here. */
    int value(int from, int depth) {
        return switch (at(from)) {
            case '"' -> string(from);
            case '{' -> object(from, depth + 1);
            case '[' -> array(from, depth + 1);
            case 't' -> word(from, "true");
            case 'f' -> word(from, "false");
            case 'n' -> word(from, "null");
            default -> number(from);
        };
    }

    private int object(int from, int depth) {
        bound(depth);
        int i = blanks(from + 1);
        if (at(i) == '}') {
            return i + 1;
        }
        while (true) {
            i = blanks(string(i));
            i = blanks(value(blanks(sign(i, ':')), depth));
            if (at(i) == '}') {
                return i + 1;
            }
            i = blanks(sign(i, ','));
        }
    }

    private int array(int from, int depth) {
        bound(depth);
        int i = blanks(from + 1);
        if (at(i) == ']') {
            return i + 1;
        }
        while (true) {
            i = blanks(value(i, depth));
            if (at(i) == ']') {
                return i + 1;
            }
            i = blanks(sign(i, ','));
        }
    }

    /** Behind the sign, which has to stand here. */
    int sign(int from, char sign) {
        if (at(from) != sign) {
            throw malformed();
        }
        return from + 1;
    }

    static void bound(int depth) {
        if (depth > DEEPEST) {
            throw malformed();
        }
    }

    int string(int from) {
        int i = sign(from, '"');
        escaped = false;
        byte[] bytes = json;
        int end = bytes.length;
        while (i < end) {
            byte b = bytes[i];
            if (b >= ' ' && b != '"' && b != '\\') {
                i++;
            } else if (b == '"') {
                return i + 1;
            } else if (b == '\\') {
                escaped = true;
                i = escape(i + 1);
            } else if (b < 0) {
                i = character(i);
            } else {
                throw malformed();
            }
        }
        throw malformed();
    }

    private int escape(int from) {
        byte b = at(from);
        if (b != 'u') {
            if ("\"\\/bfnrt".indexOf(b) < 0) {
                throw malformed();
            }
            return from + 1;
        }
        for (int i = from + 1; i <= from + 4; i++) {
            if (Character.digit(at(i), 16) < 0) {
                throw malformed();
            }
        }
        return from + 5;
    }

    /** The end of a character of two to four bytes (RFC 3629). */
    private int character(int from) {
        int first = at(from) & 0xff;
        int second = at(from + 1) & 0xff;
        int more;
        if (first >= 0xc2 && first <= 0xdf) {
            more = 1;
        } else if (first >= 0xe0 && first <= 0xef) {
            more = 2;
        } else if (first >= 0xf0 && first <= 0xf4) {
            more = 3;
        } else {
            throw malformed();
        }
        boolean wrong = (first == 0xe0 && second < 0xa0)
                || (first == 0xed && second > 0x9f)
                || (first == 0xf0 && second < 0x90)
                || (first == 0xf4 && second > 0x8f);
        for (int i = from + 1; i <= from + more; i++) {
            wrong |= (at(i) & 0xc0) != 0x80;
        }
        if (wrong) {
            throw malformed();
        }
        return from + more + 1;
    }

    int number(int from) {
        int i = at(from) == '-' ? from + 1 : from;
        i = at(i) == '0' ? i + 1 : digits(i);
        if (at(i) == '.') {
            i = digits(i + 1);
        }
        if (at(i) == 'e' || at(i) == 'E') {
            i++;
            i = digits(at(i) == '+' || at(i) == '-' ? i + 1 : i);
        }
        return i;
    }

    private int digits(int from) {
        int i = from;
        while (at(i) >= '0' && at(i) <= '9') {
            i++;
        }
        if (i == from) {
            throw malformed();
        }
        return i;
    }

    private int word(int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at(from + i) != word.charAt(i)) {
                throw malformed();
            }
        }
        return from + word.length();
    }

    static MalformedEventException malformed() {
        return new MalformedEventException("The event is not valid JSON.");
    }
}
