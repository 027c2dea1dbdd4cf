package dev.sluice.object;

import dev.sluice.format.Place;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one object.
 *
 * @param version the version that was read last: its versionId, or its eTag in a bucket without versions; empty before
 * @param eTag that version's eTag, which is all that a list of the bucket tells of it; empty before
 * @param feed the feed's name, or {@link #NO_FEED}
 * @param reason why the state is what it is, as a short stable code; may be empty
 * @param bytes the object's size as it lies in the bucket
 * @param attempts how often reading this version was begun
 * @param firstError the first record that was rejected
 * @param updated when the entry was last written
 * @param checkpoint how far reading has come, while it goes on
 */
public record LedgerEntry(
        String id,
        String bucket,
        String key,
        String version,
        String eTag,
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
        Instant updated,
        Optional<Checkpoint> checkpoint) {

    /** The feed of an object that belongs to none. */
    public static final String NO_FEED = "-";

    /**
     * Records are rows, rejects and dropped together, always.
     *
     * @param records how many the object was found to hold; counted apart from what became of them
     * @param dropped records that the feed's transform left out
     * @param removed rows of other versions that were removed because this one does not hold them, or the object is gone
     */
    public record Counts(long records, long rows, long rejects, long dropped, long removed) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        private Counts remove(long more) {
            return new Counts(records, rows, rejects, dropped, removed + more);
        }

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

    /** The entry of an object that nobody has looked at yet. */
    static LedgerEntry fresh(ObjectNotice notice, String feed, Instant now) {
        return new LedgerEntry(
                ObjectId.of(notice.bucket(), notice.key()),
                notice.bucket(),
                notice.key(),
                "",
                "",
                feed,
                ObjectState.WAITING,
                "",
                "",
                Counts.NONE,
                0,
                0,
                Optional.empty(),
                now,
                Optional.empty(),
                now,
                Optional.empty());
    }

    /** A version begins to be read from its first byte. */
    LedgerEntry begin(String feed, String version, String eTag, long bytes, Instant now) {
        int attempt = this.version.equals(version) ? attempts + 1 : 1;
        return new LedgerEntry(
                id,
                bucket,
                key,
                version,
                eTag,
                feed,
                ObjectState.READING,
                "",
                "",
                Counts.NONE,
                bytes,
                attempt,
                Optional.empty(),
                now,
                Optional.empty(),
                now,
                Optional.empty());
    }

    /** Everything before the checkpoint is done. */
    LedgerEntry read(Progress progress, Checkpoint at, Instant now) {
        return with(ObjectState.READING, "", "", progress, Optional.empty(), now, Optional.of(at));
    }

    /** What is there is to be read again from its first byte, also if that version has been read. */
    LedgerEntry again(Instant now) {
        return with(ObjectState.WAITING, "", "", progress(), Optional.empty(), now, Optional.empty());
    }

    /** What was read so far is read on. */
    LedgerEntry resume(Instant now) {
        return new LedgerEntry(
                id,
                bucket,
                key,
                version,
                eTag,
                feed,
                ObjectState.READING,
                "",
                "",
                counts,
                bytes,
                attempts + 1,
                firstError,
                started,
                Optional.empty(),
                now,
                checkpoint);
    }

    /**
     * The same entry in a final state.
     *
     * @throws IllegalStateException if a record got lost: then Sluice is wrong, and no entry may say otherwise
     */
    LedgerEntry end(ObjectState state, String reason, String message, Progress progress, Instant now) {
        if (!progress.counts().addUp()) {
            throw new IllegalStateException("Sluice has miscounted the object %s: %s".formatted(id, progress.counts()));
        }
        return with(state, reason, message, progress, Optional.of(now), now, Optional.empty());
    }

    /** The same entry in a final state without having read anything. */
    LedgerEntry end(ObjectState state, String reason, Instant now) {
        return end(state, reason, "", progress(), now);
    }

    /** So many rows more were removed. */
    LedgerEntry remove(long more) {
        var progress = new Progress(counts.remove(more), firstError);
        return with(state, reason, message, progress, finished, updated, checkpoint);
    }

    /** How far its records have been counted. */
    Progress progress() {
        return new Progress(counts, firstError);
    }

    /** What the records read so far have come to. */
    record Progress(Counts counts, Optional<FirstError> firstError) {}

    private LedgerEntry with(
            ObjectState state,
            String reason,
            String message,
            Progress progress,
            Optional<Instant> finished,
            Instant updated,
            Optional<Checkpoint> checkpoint) {
        return new LedgerEntry(
                id,
                bucket,
                key,
                version,
                eTag,
                feed,
                state,
                reason,
                message,
                progress.counts(),
                bytes,
                attempts,
                progress.firstError(),
                started,
                finished,
                updated,
                checkpoint);
    }
}
