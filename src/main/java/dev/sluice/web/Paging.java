package dev.sluice.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Lists page by page: {@code limit}, and an opaque {@code cursor} that says where the page before ended. It leads on in the
 * list that has answered it only, asked the same but for the limit; a checksum tells others, which no list could make sense
 * of.
 *
 * @param question the list and what narrows it down
 */
record Paging(int limit, String after, String question) {

    static final QueryParameter.Whole LIMIT =
            new QueryParameter.Whole("limit", "How many there are on a page at most.", 1, 200, 50);
    static final QueryParameter.AnyText CURSOR = new QueryParameter.AnyText(
            "cursor",
            "What the page before has answered as its cursor; all else but the limit has to be as it was there.");

    /** Below the 6 MB that Lambda answers at most (AWS Lambda Developer Guide, "Lambda quotas"), even once escaped. */
    static final int MOST_BYTES = 2 * 1024 * 1024;

    /** The longest sort key that DynamoDB takes, behind the checksum. */
    private static final int LONGEST_CURSOR = 1024 + Integer.BYTES;

    /** One page as JSON; without a cursor it is the last. */
    record Page<T>(List<T> items, Optional<String> cursor) {}

    static Paging of(WebRequest request) {
        String question = request.path() + "?" + request.queryWithout(LIMIT.name(), CURSOR.name());
        return new Paging(
                LIMIT.in(request),
                CURSOR.in(request).map(cursor -> decode(cursor, question)).orElse(""),
                question);
    }

    <T> Page<T> page(List<T> items, Optional<String> last) {
        return new Page<>(items, last.map(this::encode));
    }

    private String encode(String last) {
        byte[] text = last.getBytes(StandardCharsets.UTF_8);
        byte[] cursor = ByteBuffer.allocate(Integer.BYTES + text.length)
                .putInt(checksum(question, text))
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    private static String decode(String cursor, String question) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() > Integer.BYTES && bytes.remaining() <= LONGEST_CURSOR) {
                int checksum = bytes.getInt();
                byte[] text = new byte[bytes.remaining()];
                bytes.get(text);
                if (checksum == checksum(question, text)) {
                    return new String(text, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw badCursor();
    }

    private static int checksum(String question, byte[] text) {
        var crc = new CRC32();
        crc.update(question.getBytes(StandardCharsets.UTF_8));
        crc.update(text);
        return (int) crc.getValue();
    }

    /** Also of a cursor that somebody has made: then the list itself can make no sense of it. */
    static Problem badCursor() {
        return Problem.badRequest(
                "cursor is not one that this list has answered to this question; leave it out to begin anew.");
    }
}
