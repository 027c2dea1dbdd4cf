package dev.sluice.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Abortable;

/**
 * An object's bytes, or those before a place in it. When S3 stops sending before that end it is asked for the rest. A
 * break that cannot be mended is told apart from bytes that cannot be decompressed.
 */
final class ObjectBody extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectBody.class);

    /** Breaks in a row without a byte between them. */
    private static final int MOST_BREAKS = 5;

    private static final int SERVER_ERROR = 500;

    private final Opener opener;
    private final long end;
    private final Runnable beforeRead;
    private long position;
    private int breaks;
    private @Nullable InputStream in;

    /** @param beforeRead is asked before each read whether it may go on; throws if not */
    ObjectBody(Opener opener, long from, long end, Runnable beforeRead) {
        this.opener = opener;
        this.position = from;
        this.end = end;
        this.beforeRead = beforeRead;
    }

    /** Opens the bytes from that one on. */
    interface Opener {
        InputStream open(long from) throws IOException;
    }

    /** S3 stopped sending before the object's end. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(@Nullable Exception cause) {
            super("S3 stopped sending before the object's end; it has to be read again.", cause);
        }

        /** Why S3 sends nothing of it, if that is for good. */
        Optional<Refusal> refusal() {
            return Optional.ofNullable(getCause()).flatMap(Refusal::of);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            beforeRead.run();
            try {
                InputStream source = in == null ? opener.open(position) : in;
                in = source;
                int read = source.read(bytes, offset, (int) Math.min(length, end - position));
                if (read > 0) {
                    position += read;
                    breaks = 0;
                    return read;
                }
                broken(null);
            } catch (IOException | SdkException e) {
                broken(e);
            }
        }
        return -1;
    }

    /** How many bytes lie before the next one. */
    long position() {
        return position;
    }

    private void broken(@Nullable Exception cause) {
        close();
        breaks++;
        boolean refused = cause instanceof AwsServiceException answer && answer.statusCode() < SERVER_ERROR;
        if (refused || breaks > MOST_BREAKS) {
            throw new BrokenException(cause);
        }
        LOG.info("S3 stopped sending at byte {} of {}; the rest is asked for.", position, end);
    }

    /** Closing the connection would read a large rest of the object only to keep it. */
    @Override
    public void close() {
        if (in instanceof Abortable abortable) {
            abortable.abort();
        }
        in = null;
    }
}
