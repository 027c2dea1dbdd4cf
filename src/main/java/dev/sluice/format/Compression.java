package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Decompresses by magic bytes, never by name: a plain file called {@code .gz} is read as it is. */
public final class Compression {

    private Compression() {}

    /** The object's plain bytes. Reads ahead as far as the magic bytes (RFC 1952, 2.3.1). */
    public static InputStream open(InputStream raw) throws IOException {
        var ahead = new PushbackInputStream(raw, 2);
        byte[] magic = ahead.readNBytes(2);
        ahead.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        return gzip ? new GzipMembers(ahead) : ahead;
    }
}
