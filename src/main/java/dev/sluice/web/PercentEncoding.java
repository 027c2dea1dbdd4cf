package dev.sluice.web;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 (RFC 3986), read strictly and written in one way. */
final class PercentEncoding {

    private PercentEncoding() {}

    /** A part of a path: a plus is a plus. */
    static String decodePath(String text) {
        return text.indexOf('%') < 0 ? text : decode(text, "path");
    }

    /** A name or value of a query: a plus is a space, as in HTML's forms. */
    static String decodeQuery(String text) {
        String spaced = text.replace('+', ' ');
        return spaced.indexOf('%') < 0 ? spaced : decode(spaced, "query");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String decode(String text, String part) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(encoded.length);
        try {
            for (int i = 0; i < encoded.length; i++) {
                if (encoded[i] == '%') {
                    bytes.write(HexFormat.fromHexDigit(encoded[i + 1]) << 4 | HexFormat.fromHexDigit(encoded[i + 2]));
                    i += 2;
                } else {
                    bytes.write(encoded[i]);
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (IndexOutOfBoundsException | NumberFormatException | CharacterCodingException _) {
            throw Problem.badRequest("The %s is not percent-encoded correctly.".formatted(part));
        }
    }
}
