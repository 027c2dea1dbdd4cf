package dev.sluice.format;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Decompresses zstd of one or several frames (RFC 8878); skippable ones hold nothing. A frame whose window is over 128 MB
 * is refused, as the zstd tool does too. The only class that loads native code, and only once it is made.
 */
final class ZstdFrames extends InputStream {

    private final ZstdInputStreamNoFinalizer frames;

    ZstdFrames(InputStream in) throws IOException {
        this.frames = new ZstdInputStreamNoFinalizer(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return frames.read(target, offset, length);
        } catch (ZstdIOException e) {
            // As gzip: to the caller damaged bytes differ from a connection that broke.
            var damaged = new ZipException("The zstd frames are damaged, cut off, or followed by something else.");
            damaged.initCause(e);
            throw damaged;
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
