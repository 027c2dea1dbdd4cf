package dev.sluice.object;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What to reconcile; as JSON {@code {"prefix":"orders/","dryRun":true}}, and {@code {}} for everything.
 *
 * @param bucket {@code sluice.bucket} if not given
 * @param prefix only objects whose keys begin with it
 * @param dryRun whether to count only
 * @param limit how many objects to find at most
 * @param cursor where an earlier report of the same bucket and prefix ended. Without one, a run goes on where the last
 *     one without one ended, but a dry run begins at the beginning
 */
public record ReconcileRequest(
        Optional<String> bucket,
        Optional<String> prefix,
        Optional<Boolean> dryRun,
        Optional<Integer> limit,
        Optional<String> cursor) {

    /** Of an object's key: Amazon S3 User Guide, "Naming Amazon S3 objects". */
    private static final int LONGEST_PREFIX = 1024;

    public ReconcileRequest {
        require(limit.orElse(1) > 0, "limit has to be 1 or more.");
        require(
                prefix.orElse("").getBytes(StandardCharsets.UTF_8).length <= LONGEST_PREFIX,
                "prefix is longer than any key.");
        require(
                cursor.isEmpty() || cursor.flatMap(ReconcilePosition::of).isPresent(),
                "cursor is not one that a report has named.");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    Optional<ReconcilePosition> position() {
        return cursor.flatMap(ReconcilePosition::of);
    }
}
