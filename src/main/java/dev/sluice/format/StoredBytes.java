package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that are not compressed: every one of them is a border. */
final class StoredBytes extends PlainBytes {

    private final InputStream in;

    StoredBytes(InputStream in) {
        this.in = in;
    }

    @Override
    public Border border(long plain) {
        return new Border(plain, plain);
    }

    @Override
    public PlainBytes from(Border border, InputStream raw) {
        return new StoredBytes(raw);
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
