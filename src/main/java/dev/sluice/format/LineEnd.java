package dev.sluice.format;

/** A record is a line; LF ends it. */
final class LineEnd implements RecordEnd {

    private int lines;

    @Override
    public void begin() {
        lines = 0;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                lines = 1;
                return i + 1;
            }
        }
        return -1;
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
