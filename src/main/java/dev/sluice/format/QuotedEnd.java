package dev.sluice.format;

/**
 * A record of RFC 4180: LF, CRLF or a lone CR ends it, except inside quotes. A quote opens only at a field's start; in
 * the middle of a field it is a character like any other.
 */
final class QuotedEnd implements RecordEnd {

    private enum State {
        FIELD_START,
        IN_FIELD,
        IN_QUOTES
    }

    private final byte delimiter;
    private State state = State.FIELD_START;
    private boolean afterReturn;
    private int lines;

    QuotedEnd(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    @Override
    public void begin() {
        state = State.FIELD_START;
        afterReturn = false;
        lines = 0;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (afterReturn) {
                afterReturn = false;
                if (state != State.IN_QUOTES) {
                    return b == '\n' ? i + 1 : i;
                }
                if (b == '\n') {
                    continue;
                }
            }
            if (b == '\r' || b == '\n') {
                lines++;
                afterReturn = b == '\r';
                if (b == '\n' && state != State.IN_QUOTES) {
                    return i + 1;
                }
            } else if (b == '"') {
                // Inside quotes a quote closes; the doubled one that is only a character opens again at once.
                state = switch (state) {
                    case FIELD_START -> State.IN_QUOTES;
                    case IN_FIELD -> State.IN_FIELD;
                    case IN_QUOTES -> State.FIELD_START;
                };
            } else if (state != State.IN_QUOTES) {
                state = b == delimiter ? State.FIELD_START : State.IN_FIELD;
            }
        }
        return -1;
    }

    @Override
    public boolean isOpen() {
        return state == State.IN_QUOTES;
    }

    @Override
    public int lines() {
        return lines;
    }
}
