package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decompresses by magic bytes, never by name: a plain file called {@code .gz} is read as it is. Knows gzip (RFC 1952, 2.3.1)
 * and zstd (RFC 8878, 3.1); what is damaged or cut off is a {@link java.util.zip.ZipException} or an
 * {@link java.io.EOFException} when it is read.
 */
public final class Compression {

    private static final int LONGEST_MAGIC = 4;
    private static final int GZIP = 0x8b1f;
    private static final int GZIP_MASK = 0xffff;
    private static final int ZSTD = 0xfd2fb528;
    private static final int ZSTD_SKIPPABLE = 0x184d2a50;
    private static final int ZSTD_SKIPPABLE_MASK = 0xfffffff0;

    private Compression() {}

    /** The object's plain bytes. Reads ahead as far as the magic bytes. */
    public static PlainBytes open(InputStream raw) throws IOException {
        var ahead = new PushbackInputStream(raw, LONGEST_MAGIC);
        byte[] magic = ahead.readNBytes(LONGEST_MAGIC);
        ahead.unread(magic);
        int four = ByteBuffer.allocate(LONGEST_MAGIC)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(magic)
                .getInt(0);
        if ((four & GZIP_MASK) == GZIP) {
            return new GzipMembers(ahead, Border.START);
        }
        boolean zstd = four == ZSTD || (four & ZSTD_SKIPPABLE_MASK) == ZSTD_SKIPPABLE;
        return zstd ? new ZstdFrames(ahead, Border.START) : new StoredBytes(ahead);
    }
}
