package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** Decompresses by magic bytes, never by name: a plain file called {@code .gz} is read as it is. */
public final class Compression {

    private static final int BUFFER = 64 * 1024;

    private Compression() {}

    /** The object's plain bytes. Reads ahead as far as the magic bytes (RFC 1952, 2.3.1). */
    public static InputStream open(InputStream raw) throws IOException {
        var ahead = new Unended(raw);
        byte[] magic = ahead.readNBytes(2);
        ahead.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        return gzip ? new GZIPInputStream(ahead, BUFFER) : ahead;
    }

    /**
     * Says that bytes are available until the end is truly reached. GZIPInputStream takes an {@code available()} of zero
     * after one member for the end of the file, and a network stream answers zero whenever it has to wait.
     */
    private static final class Unended extends PushbackInputStream {

        Unended(InputStream in) {
            super(in, 2);
        }

        @Override
        public int available() throws IOException {
            int known = super.available();
            if (known > 0) {
                return known;
            }
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }
}
