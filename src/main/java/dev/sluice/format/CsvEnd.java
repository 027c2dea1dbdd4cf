package dev.sluice.format;

/**
 * A record of RFC 4180: LF, CRLF or a lone CR ends it, except inside quotes. A quote opens only at a field's start; in
 * the middle of a field it is a character like any other. In a comment, which is a record too, every quote is one; where
 * no line break can be in quotes, quotes do not matter.
 */
final class CsvEnd implements RecordEnd {

    private static final int NONE = -1;

    private final int delimiter;
    private final int quote;
    private final int comment;
    private final ByteScan special;

    private boolean first;
    private boolean inComment;
    private boolean inQuotes;
    /** A quote would open here: at a field's start, and behind a closing quote, where it makes that one a character. */
    private boolean mayOpen;

    private boolean afterReturn;
    private int lines;

    CsvEnd(Csv csv) {
        this.delimiter = csv.delimiter();
        this.quote = csv.hasPlainLines() ? NONE : csv.quote().map(c -> (int) c).orElse(NONE);
        this.comment = csv.comment().map(c -> (int) c).orElse(NONE);
        // Delimiters only matter in front of a quote, so that the scan does not stop at them.
        this.special = new ByteScan('\r', '\n', quote == NONE ? '\n' : quote);
    }

    @Override
    public void begin() {
        first = true;
        inComment = false;
        inQuotes = false;
        mayOpen = true;
        afterReturn = false;
        lines = 0;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        int i = from;
        if (first && i < to) {
            first = false;
            inComment = comment != NONE && bytes[i] == comment;
        }
        while (i < to) {
            if (afterReturn) {
                afterReturn = false;
                boolean newline = bytes[i] == '\n';
                if (!inQuotes) {
                    return newline ? i + 1 : i;
                }
                i += newline ? 1 : 0;
            }
            int at = special.next(bytes, i, to);
            if (at > i) {
                mayOpen = bytes[at - 1] == delimiter;
            }
            if (at == to) {
                return -1;
            }
            i = at + 1;
            byte b = bytes[at];
            if (b == quote) {
                turn();
            } else {
                lines++;
                afterReturn = b == '\r';
                if (b == '\n' && !inQuotes) {
                    return i;
                }
            }
        }
        return -1;
    }

    private void turn() {
        if (inQuotes) {
            inQuotes = false;
            mayOpen = true;
        } else {
            inQuotes = mayOpen && !inComment;
            mayOpen = false;
        }
    }

    @Override
    public boolean isOpen() {
        return inQuotes;
    }

    @Override
    public int lines() {
        return lines;
    }
}
