package dev.sluice.format;

/** A record is a line; LF ends it. */
final class LineEnd implements RecordEnd {

    private static final ByteScan NEWLINE = new ByteScan('\n', '\n', '\n');

    private int lines;

    @Override
    public void begin() {
        lines = 0;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        int i = NEWLINE.next(bytes, from, to);
        if (i == to) {
            return -1;
        }
        lines = 1;
        return i + 1;
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public int lines() {
        return lines;
    }
}
