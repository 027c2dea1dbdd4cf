package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict decoding: what is not valid in the character set is rejected, never replaced. */
final class TextDecoder {

    private static final char REPLACEMENT = '\uFFFD';
    private static final int ASCII = 128;
    private static final int BYTES = 256;

    private final Charset charset;

    TextDecoder(Charset charset) {
        this.charset = charset;
    }

    /** Refuses character sets whose bytes cannot be framed as they are; docs/decisions/0005-charsets.md says why. */
    static Charset check(Charset charset) {
        if (!charset.equals(StandardCharsets.UTF_8) && !extendsAsciiByByte(charset)) {
            throw new IllegalArgumentException(
                    "the character set %s cannot be read; use UTF-8 or one that has a byte a character and begins with ASCII, for instance windows-1252"
                            .formatted(charset));
        }
        return charset;
    }

    private static boolean extendsAsciiByByte(Charset charset) {
        if (!charset.canEncode() || charset.newEncoder().maxBytesPerChar() != 1) {
            return false;
        }
        for (int i = 0; i < BYTES; i++) {
            String text = new String(new byte[] {(byte) i}, charset);
            if (text.length() != 1 || (i < ASCII ? text.charAt(0) != i : text.charAt(0) < ASCII)) {
                return false;
            }
        }
        return true;
    }

    String decode(byte[] bytes, int start, int length) throws RejectedException {
        return decode(bytes, start, start, start + length);
    }

    /** A part of the record that begins at {@code start}; all before the part has to be valid. */
    String decode(byte[] bytes, int start, int from, int to) throws RejectedException {
        String text = new String(bytes, from, to - from, charset);
        // The fast decoder replaces what is malformed; only where the replacement occurs can anything be wrong.
        if (text.indexOf(REPLACEMENT) >= 0) {
            Optional<Span> malformed = malformed(bytes, from, to);
            if (malformed.isPresent()) {
                throw new RejectedException(
                        RejectReason.ENCODING,
                        "",
                        "The record is not valid %s from its byte %d on."
                                .formatted(charset, malformed.get().from() - start + 1));
            }
        }
        return text;
    }

    /** The first bytes that are no text. */
    Optional<Span> malformed(byte[] bytes, int from, int to) {
        var rest = ByteBuffer.wrap(bytes, from, to - from);
        var result = charset.newDecoder().decode(rest, CharBuffer.allocate(rest.remaining() + 1), true);
        return result.isError()
                ? Optional.of(new Span(rest.position(), rest.position() + result.length()))
                : Optional.empty();
    }
}
