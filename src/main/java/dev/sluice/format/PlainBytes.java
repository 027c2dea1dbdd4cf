package dev.sluice.format;

import java.io.InputStream;

/** An object's decompressed bytes. */
public abstract sealed class PlainBytes extends InputStream permits GzipMembers, StoredBytes, ZstdFrames {

    /** Whether these are the object's bytes as they lie there. */
    public final boolean isStored() {
        return this instanceof StoredBytes;
    }

    /** The last known border at or before a plain byte. What lies before it is not asked for again. */
    public abstract Border border(long plain);

    /**
     * Decompresses from a border on.
     *
     * @param raw the object's bytes as they are, from the border on
     */
    public abstract PlainBytes from(Border border, InputStream raw);
}
