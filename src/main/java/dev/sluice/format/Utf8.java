package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict decoding: what is not UTF-8 is rejected, never replaced. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static String decode(byte[] bytes, int start, int length) throws RejectedException {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        // The fast decoder replaces what is malformed; only where the replacement occurs can anything be wrong.
        if (text.indexOf(REPLACEMENT) >= 0 && !isValid(bytes, start, length)) {
            throw new RejectedException(RejectReason.ENCODING, "", "The record is not valid UTF-8.");
        }
        return text;
    }

    private static boolean isValid(byte[] bytes, int start, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
