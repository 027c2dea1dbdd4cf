package dev.sluice.format;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/**
 * Decompresses zstd of one or several frames (RFC 8878); skippable ones hold nothing. A frame whose window is over 128 MB
 * is refused, as the zstd tool does too. The library's own stream takes a frame that is cut off for the end of the file if
 * it begins in the same buffer as the one before ends. The only class that loads native code, and only once it is made.
 */
final class ZstdFrames extends PlainBytes {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int BUFFER = 128 * 1024;

    private final InputStream in;
    private final ZstdDecompressCtx frames = new ZstdDecompressCtx();
    /** A caller that gives up on the object closes the connection, not this. */
    private final Cleaner.Cleanable cleanable = CLEANER.register(this, frames::close);

    private final byte[] read = new byte[BUFFER];
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private boolean inFrame;
    private boolean mayHoldMore;
    private boolean ended;

    private final Borders borders;
    private long fetched;
    private long produced;

    ZstdFrames(InputStream in, Border at) {
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
        return new ZstdFrames(raw, border);
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
        while (!plain.hasRemaining()) {
            if (ended || !(mayHoldMore || compressed.hasRemaining() || fill())) {
                ended = true;
                cleanable.clean();
                return -1;
            }
            decompress();
        }
        int given = Math.min(length, plain.remaining());
        plain.get(target, offset, given);
        return given;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        cleanable.clean();
        in.close();
    }

    private void decompress() throws ZipException {
        plain.clear();
        try {
            inFrame = !frames.decompressDirectByteBufferStream(plain, compressed);
        } catch (ZstdException e) {
            plain.limit(0);
            var damaged = new ZipException("The zstd frame is damaged, or something follows it that is no frame.");
            damaged.initCause(e);
            throw damaged;
        }
        mayHoldMore = inFrame && !plain.hasRemaining();
        plain.flip();
        produced += plain.remaining();
        if (!inFrame) {
            borders.pass(fetched - compressed.remaining(), produced);
        }
    }

    private boolean fill() throws IOException {
        int length = in.read(read);
        if (length < 0 && inFrame) {
            throw new EOFException("The zstd frame is cut off.");
        }
        compressed.clear().put(read, 0, Math.max(length, 0)).flip();
        fetched += compressed.remaining();
        return length >= 0;
    }
}
