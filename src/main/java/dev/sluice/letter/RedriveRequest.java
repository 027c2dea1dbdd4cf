package dev.sluice.letter;

import java.util.List;
import java.util.Optional;

/**
 * Which letters to send again; as JSON {@code {"letters":["<id>"]}} or {@code {"reason":"consumer-failed"}}.
 *
 * @param letters their ids
 * @param reason all letters of this reason
 * @param limit how many of a reason at most
 * @param cursor where an earlier report about the same reason ended
 */
public record RedriveRequest(
        Optional<List<String>> letters, Optional<String> reason, Optional<Integer> limit, Optional<String> cursor) {

    public RedriveRequest {
        require(letters.isPresent() != reason.isPresent(), "Either letters or a reason has to be given.");
        require(reason.orElse("a").matches("[a-z]+(-[a-z]+)*"), "reason is a few lower-case words with hyphens.");
        require(limit.orElse(1) > 0, "limit has to be 1 or more.");
        require(Letters.isCursor(cursor.orElse("")), "cursor is not one that a report has named.");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
