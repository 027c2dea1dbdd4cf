package dev.sluice.value;

/**
 * Bytes of a record. Of none it is the place where something is missing.
 *
 * @param from the first one, counted from the record's
 * @param to the one behind the last
 */
public record Span(int from, int to) {

    public int length() {
        return to - from;
    }

    /** What of it lies in the record's first bytes. */
    public Span within(int bytes) {
        return new Span(Math.min(from, bytes), Math.min(to, bytes));
    }
}
