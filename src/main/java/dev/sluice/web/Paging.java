package dev.sluice.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Lists page by page: {@code limit}, and an opaque {@code cursor} that says where the page before ended. */
record Paging(int limit, String after) {

    static final QueryParameter.Whole LIMIT = new QueryParameter.Whole("limit", 1, 200, 50);
    static final QueryParameter.AnyText CURSOR = new QueryParameter.AnyText("cursor");

    /** Below the 6 MB that Lambda answers at most (AWS Lambda Developer Guide, "Lambda quotas"), even once escaped. */
    static final int MOST_BYTES = 2 * 1024 * 1024;

    /** The longest sort key that DynamoDB takes. */
    private static final int LONGEST_CURSOR = 1024;

    /** One page as JSON; without a cursor it is the last. */
    record Page<T>(List<T> items, Optional<String> cursor) {}

    static Paging of(WebRequest request) {
        return new Paging(
                LIMIT.in(request), CURSOR.in(request).map(Paging::decode).orElse(""));
    }

    static <T> Page<T> page(List<T> items, Optional<String> last) {
        return new Page<>(items, last.map(Paging::encode));
    }

    private static String encode(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            byte[] last = Base64.getUrlDecoder().decode(cursor);
            if (last.length <= LONGEST_CURSOR) {
                return new String(last, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw Problem.badRequest("cursor is not one that a list has answered.");
    }
}
