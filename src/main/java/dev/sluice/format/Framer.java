package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream into record slices. Laid end to end the slices are the stream, but for a byte order mark at its start. A
 * record over the limit is passed over without being held; of it only the first bytes are kept. One that is so long that it
 * may have no end is not even passed over.
 */
final class Framer {

    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int SAMPLE = 4 * 1024;
    private static final byte[] NONE = {};

    private final InputStream in;
    private final RecordEnd end;
    private final boolean mayHaveMark;
    private final RecordLimits limits;

    private byte[] buffer = new byte[FIRST_BUFFER];
    private int start;
    private int limit;
    private int next;

    private boolean begun;
    private long offset;
    private long line;
    private long size;
    private long sought;
    private byte[] sample = NONE;

    Framer(InputStream in, RecordEnd end, Charset charset, RecordLimits limits) {
        // In another character set the mark's bytes are text.
        this(in, end, charset.equals(StandardCharsets.UTF_8), limits, Place.START);
    }

    /** Cuts on from a record's start. */
    Framer from(Place at, InputStream rest, RecordEnd end) {
        return new Framer(rest, end, mayHaveMark && at.offset() == 0, limits, at);
    }

    private Framer(InputStream in, RecordEnd end, boolean mayHaveMark, RecordLimits limits, Place at) {
        this.in = in;
        this.end = end;
        this.mayHaveMark = mayHaveMark;
        this.limits = limits;
        this.offset = at.offset();
        this.sought = at.offset();
        this.line = at.line();
    }

    /** From here on a record is looked for, whatever slices lie before it that are none. */
    void seek() {
        sought = offset + size;
    }

    /**
     * Moves to the next slice. False at the end of the stream.
     *
     * @throws FormatException if it has no end that could be waited for
     */
    boolean next() throws IOException, FormatException {
        if (!begun) {
            begun = true;
            if (mayHaveMark) {
                skipByteOrderMark();
            }
        }
        offset += size;
        line += end.lines();
        start = next;
        size = 0;
        sample = NONE;
        end.begin();
        int scanned = start;
        while (true) {
            int found = end.find(buffer, scanned, limit);
            if (found >= 0) {
                return slice(found);
            }
            if (limit - start > limits.heldBytes() || (tooLong() && limit > start)) {
                drop();
            }
            int before = limit - start;
            if (!fill()) {
                return slice(limit) && size > 0;
            }
            scanned = start + before;
        }
    }

    private void skipByteOrderMark() throws IOException, FormatException {
        while (limit < 3 && fill()) {}
        if (limit >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
            next = 3;
            offset = 3;
        }
    }

    private boolean slice(int to) {
        if (to - start > limits.heldBytes() && !tooLong()) {
            sample(to);
        }
        size += to - start;
        next = to;
        return true;
    }

    private void drop() {
        if (!tooLong()) {
            sample(limit);
        }
        size += limit - start;
        start = limit;
    }

    private void sample(int to) {
        sample = Arrays.copyOfRange(buffer, start, Math.min(start + SAMPLE, to));
    }

    private boolean fill() throws IOException, FormatException {
        if (offset + size + (limit - start) - sought > limits.passedBytes()) {
            throw endless(sought, limits);
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read > 0) {
            limit += read;
        }
        return read >= 0;
    }

    static FormatException endless(long from, RecordLimits limits) {
        return new FormatException(
                "endless-record",
                "From byte %d on no record ends within %d KB: a quote or a bracket may never be closed, or lines may end otherwise."
                        .formatted(from, limits.passedBytes() >> 10));
    }

    /** Whether the stream ended inside this slice's quotes. */
    boolean isOpen() {
        return end.isOpen();
    }

    /** Whether the record is over the limit; then only {@link #bytes()} from {@link #start()} is a sample of it. */
    boolean tooLong() {
        return sample.length > 0;
    }

    byte[] bytes() {
        return tooLong() ? sample : buffer;
    }

    int start() {
        return tooLong() ? 0 : start;
    }

    /** The slice's length without its line break. */
    int length() {
        if (tooLong()) {
            return sample.length;
        }
        int to = next;
        if (to > start && buffer[to - 1] == '\n') {
            to--;
        }
        if (to > start && buffer[to - 1] == '\r') {
            to--;
        }
        return to - start;
    }

    /** A copy of the slice without its line break, or of the sample that was kept. */
    byte[] raw() {
        return Arrays.copyOfRange(bytes(), start(), start() + length());
    }

    /** @throws RejectedException if the record is over the limit */
    void requireWhole() throws RejectedException {
        if (tooLong()) {
            throw new RejectedException(RejectReason.RECORD_TOO_LARGE, "", "The record has %d bytes.".formatted(size));
        }
    }

    Place place() {
        return new Place(offset, line);
    }

    /** Where the next slice begins. */
    Place end() {
        return new Place(offset + size, line + end.lines());
    }

    /** The whole slice's length, with its line break, whether it was kept or not. */
    long size() {
        return size;
    }
}
