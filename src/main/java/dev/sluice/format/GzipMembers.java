package dev.sluice.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip of one or several members (RFC 1952). The JDK's own stream takes whatever follows a member and is no
 * member, a cut-off header too, for the end of the file, and the rest would be lost without a word.
 */
final class GzipMembers extends PlainBytes {

    private static final int BUFFER = 64 * 1024;

    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int limit;
    private boolean inMember;
    private boolean ended;

    private final Borders borders;
    private long fetched;
    private long produced;

    GzipMembers(InputStream in, Border at) {
        this.in = in;
        this.borders = new Borders(at);
        this.fetched = at.compressed();
        this.produced = at.plain();
    }

    @Override
    public Border border(long plain) {
        return borders.before(plain);
    }

    @Override
    public PlainBytes from(Border border, InputStream raw) {
        return new GzipMembers(raw, border);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !beginMember()) {
                ended = true;
                inflater.end();
                break;
            }
            int read = inflate(target, offset, length);
            if (read > 0) {
                crc.update(target, offset, read);
                produced += read;
                return read;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput()) {
                require(fill());
                inflater.setInput(buffer, next, limit - next);
            }
            int read = inflater.inflate(target, offset, length);
            next = limit - inflater.getRemaining();
            if (inflater.needsDictionary()) {
                throw new ZipException("The gzip member needs a dictionary, which gzip does not know.");
            }
            return read;
        } catch (DataFormatException e) {
            var damaged = new ZipException("The gzip member is damaged.");
            damaged.initCause(e);
            throw damaged;
        }
    }

    private boolean beginMember() throws IOException {
        if (next == limit && !fill()) {
            return false;
        }
        if (readByte() != 0x1f || readByte() != 0x8b || readByte() != 8) {
            throw new ZipException("Something follows a gzip member that is no member.");
        }
        int flags = readByte();
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(readByte() | readByte() << 8);
        }
        for (int text : new int[] {HAS_NAME, HAS_COMMENT}) {
            if ((flags & text) != 0) {
                while (readByte() != 0) {}
            }
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(buffer, next, limit - next);
        crc.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        long expectedCrc = readInt();
        long expectedSize = readInt();
        if (expectedCrc != crc.getValue() || expectedSize != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("The gzip member does not hold what its checksum says.");
        }
        inMember = false;
        borders.pass(fetched - (limit - next), produced);
    }

    private long readInt() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) readByte() << shift;
        }
        return value;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            readByte();
        }
    }

    private int readByte() throws IOException {
        if (next == limit) {
            require(fill());
        }
        return buffer[next++] & 0xff;
    }

    private static void require(boolean filled) throws EOFException {
        if (!filled) {
            throw new EOFException("The gzip member is cut off.");
        }
    }

    /** Only called once everything in the buffer is used. */
    private boolean fill() throws IOException {
        next = 0;
        limit = 0;
        int read = in.read(buffer);
        limit = Math.max(read, 0);
        fetched += limit;
        return read > 0;
    }
}
