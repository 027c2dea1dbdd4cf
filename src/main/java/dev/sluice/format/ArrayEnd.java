package dev.sluice.format;

/**
 * Cuts a JSON array (RFC 8259) at the commas of its elements. A slice is either an element, with the blanks behind it, or
 * what stands between two elements. It looks at strings and brackets only; whether an element is JSON is the parser's.
 */
final class ArrayEnd implements RecordEnd {

    /** What the next byte belongs to. */
    enum Part {
        BEFORE,
        GAP,
        ELEMENT,
        AFTER,
        /** Something that is neither blank nor an array's beginning. */
        NO_ARRAY,
        /** Something that is not blank, behind the array. */
        REST
    }

    private static final ByteScan IN_STRING = new ByteScan('"', '\\', '\n');

    private Part part = Part.BEFORE;
    private boolean element;
    private long index;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private int lines;

    @Override
    public void begin() {
        element = part == Part.ELEMENT;
        depth = 0;
        inString = false;
        escaped = false;
        lines = 0;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        return element ? findElementEnd(bytes, from, to) : findElement(bytes, from, to);
    }

    private int findElement(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                lines++;
            } else if (b != ' ' && b != '\t' && b != '\r') {
                part = move(b);
                if (part == Part.ELEMENT) {
                    return i;
                }
                if (part == Part.NO_ARRAY || part == Part.REST) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private Part move(byte b) {
        return switch (part) {
            case BEFORE -> b == '[' ? Part.GAP : Part.NO_ARRAY;
            case GAP -> {
                index += b == ',' ? 1 : 0;
                yield b == ',' ? Part.GAP : b == ']' ? Part.AFTER : Part.ELEMENT;
            }
            case AFTER -> Part.REST;
            case ELEMENT, NO_ARRAY, REST -> part;
        };
    }

    private int findElementEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (escaped) {
                escaped = false;
                // A break behind a backslash is no JSON, but it is a line.
                lines += bytes[i] == '\n' ? 1 : 0;
                continue;
            }
            if (inString) {
                i = IN_STRING.next(bytes, i, to);
                if (i == to) {
                    return -1;
                }
            }
            switch (bytes[i]) {
                case '\n' -> lines++;
                case '"' -> inString = !inString;
                case '\\' -> escaped = inString;
                case '{', '[' -> depth++;
                case ',', ']', '}' -> {
                    if (depth == 0 && bytes[i] != '}') {
                        part = Part.GAP;
                        return i;
                    }
                    depth -= bytes[i] != ',' && depth > 0 ? 1 : 0;
                }
                default -> {}
            }
        }
        return -1;
    }

    Part part() {
        return part;
    }

    /** Whether the current slice is an element. */
    boolean isElement() {
        return element;
    }

    /** The current element's place in the array; the first is 0. */
    long index() {
        return index;
    }

    @Override
    public boolean isOpen() {
        return part == Part.GAP || part == Part.ELEMENT;
    }

    @Override
    public int lines() {
        return lines;
    }
}
