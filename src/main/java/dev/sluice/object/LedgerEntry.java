package dev.sluice.object;

import dev.sluice.format.Place;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one object.
 *
 * @param version the version that was read last: its versionId, or its eTag in a bucket without versions; may be empty
 * @param feed the feed's name, or {@link #NO_FEED}
 * @param reason why the state is what it is, as a short stable code; may be empty
 * @param bytes the object's size as it lies in the bucket
 * @param attempts how often reading this version was begun
 * @param firstError the first record that was rejected
 * @param updated when the entry was last written
 */
public record LedgerEntry(
        String id,
        String bucket,
        String key,
        String version,
        String feed,
        ObjectState state,
        String reason,
        String message,
        Counts counts,
        long bytes,
        int attempts,
        Optional<FirstError> firstError,
        Instant started,
        Optional<Instant> finished,
        Instant updated) {

    /** The feed of an object that belongs to none. */
    public static final String NO_FEED = "-";

    /**
     * Records are rows, rejects and dropped together, always.
     *
     * @param records how many the object was found to hold; counted apart from what became of them
     * @param dropped records that the feed's transform left out
     */
    public record Counts(long records, long rows, long rejects, long dropped) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        private boolean addUp() {
            return records == rows + rejects + dropped;
        }
    }

    /**
     * The first record that was rejected.
     *
     * @param offset the record's first byte in the decompressed object
     * @param pointer a JSON pointer to the record, where the format has one
     * @param column the column at fault; may be empty
     */
    public record FirstError(
            long line, long offset, Optional<String> pointer, RejectReason reason, String column, String message) {

        static FirstError of(Place place, RejectedException e) {
            return new FirstError(
                    place.line(),
                    place.offset(),
                    place.pointer(),
                    e.reason(),
                    e.column(),
                    String.valueOf(e.getMessage()));
        }
    }

    /** An entry for an object that is looked at now. */
    static LedgerEntry begin(ObjectNotice notice, String feed, String version, long bytes, int attempts, Instant now) {
        return new LedgerEntry(
                ObjectId.of(notice.bucket(), notice.key()),
                notice.bucket(),
                notice.key(),
                version,
                feed,
                ObjectState.READING,
                "",
                "",
                Counts.NONE,
                bytes,
                attempts,
                Optional.empty(),
                now,
                Optional.empty(),
                now);
    }

    /**
     * The same entry in a final state.
     *
     * @throws IllegalStateException if a record got lost: then Sluice is wrong, and no entry may say otherwise
     */
    LedgerEntry end(
            ObjectState state,
            String reason,
            String message,
            Counts counts,
            Optional<FirstError> firstError,
            Instant now) {
        if (!counts.addUp()) {
            throw new IllegalStateException("Sluice has miscounted the object %s: %s".formatted(id, counts));
        }
        return new LedgerEntry(
                id,
                bucket,
                key,
                version,
                feed,
                state,
                reason,
                message,
                counts,
                bytes,
                attempts,
                firstError,
                started,
                Optional.of(now),
                now);
    }

    /** The same entry in a final state without having read anything. */
    LedgerEntry end(ObjectState state, String reason, Instant now) {
        return end(state, reason, "", counts, firstError, now);
    }
}
