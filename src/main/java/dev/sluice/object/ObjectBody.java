package dev.sluice.object;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** An object's bytes. A break of the connection is told apart from bytes that cannot be decompressed. */
final class ObjectBody extends FilterInputStream {

    ObjectBody(InputStream in) {
        super(in);
    }

    /** S3 stopped sending before the object's end. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(Exception cause) {
            super("S3 stopped sending before the object's end; it has to be read again.", cause);
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException | SdkException e) {
            throw new BrokenException(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException | SdkException e) {
            throw new BrokenException(e);
        }
    }
}
