package dev.sluice.object;

import dev.sluice.format.Place;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one object, or of a part of a large one.
 *
 * @param version the version that was read last: its versionId, or its eTag in a bucket without versions; empty before
 * @param eTag that version's eTag, which is all that a list of the bucket tells of it; empty before
 * @param feed the feed's name, or {@link #NO_FEED}
 * @param reason why the state is what it is, as a short stable code; may be empty
 * @param bytes the object's size as it lies in the bucket, or the part's
 * @param attempts how often reading this version was begun
 * @param firstError the first record that was rejected
 * @param updated when the entry was last written
 * @param checkpoint how far reading has come
 * @param split how the object is or was read in parts, if it was
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
        Optional<Checkpoint> checkpoint,
        Optional<Split> split) {

    /** The feed of an object that belongs to none. */
    public static final String NO_FEED = "-";

    private static final String SWEEPING = "sweeping";
    private static final String REMOVING = "removing";

    /**
     * Records are rows, rejects and dropped together, always.
     *
     * @param records how many the object was found to hold; counted apart from what became of them
     * @param dropped records that the feed's transform left out
     * @param removed rows of other versions that were removed because this one does not hold them, or the object is gone
     */
    public record Counts(long records, long rows, long rejects, long dropped, long removed) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts add(Counts other) {
            return new Counts(
                    records + other.records,
                    rows + other.rows,
                    rejects + other.rejects,
                    dropped + other.dropped,
                    removed + other.removed);
        }

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

        FirstError behind(long lines) {
            return new FirstError(lines + line, offset, pointer, reason, column, message);
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
                Optional.empty(),
                Optional.empty());
    }

    /** A version begins to be read from its first byte. */
    LedgerEntry begin(String feed, String version, String eTag, long bytes, Instant now) {
        int attempt = this.version.equals(version) ? attempts + 1 : 1;
        return begin(id, version, eTag, feed, ObjectState.READING, bytes, attempt, now, now);
    }

    /** The entry of a part of this object that nobody has looked at yet; its reading began when the object's did. */
    LedgerEntry part(int number, Instant now) {
        return begin(ObjectId.part(id, number), version, eTag, feed, ObjectState.WAITING, 0, 0, started, now);
    }

    /** A part begins to be read. */
    LedgerEntry beginPart(long partBytes, long from, long to, Instant now) {
        var own = new Split(partBytes, List.of(new Split.Start(from, 0)));
        return begin(id, version, eTag, feed, ObjectState.READING, to - from, 1, started, now)
                .with(
                        from == 0 ? Optional.empty() : Optional.of(Checkpoint.plain(new Place(from, 1))),
                        Optional.of(own));
    }

    private LedgerEntry begin(
            String id,
            String version,
            String eTag,
            String feed,
            ObjectState state,
            long bytes,
            int attempts,
            Instant started,
            Instant now) {
        return new LedgerEntry(
                id,
                bucket,
                key,
                version,
                eTag,
                feed,
                state,
                "",
                "",
                Counts.NONE,
                bytes,
                attempts,
                Optional.empty(),
                started,
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty());
    }

    /** The version is read in parts, or more is known of them; none says that no part of it is being read any more. */
    LedgerEntry split(Optional<Split> parts) {
        return with(checkpoint, parts);
    }

    /** Whether its version has been read for the feed, so that it need not be read again. */
    boolean isRead(String forFeed) {
        return state.isRead() && feed.equals(forFeed) && !isForbidden();
    }

    /** Whether S3 refused to give its version out, which somebody may have mended since. */
    boolean isForbidden() {
        return state == ObjectState.FAILED && reason.equals(Refusal.FORBIDDEN.reason());
    }

    /** Whether parts of it are being read: nobody else may write its rows. */
    boolean isReadInParts() {
        return state == ObjectState.READING
                && split.filter(parts -> !parts.isAddedUp()).isPresent();
    }

    /** All its records are done, but not all rows of earlier versions are known to be gone. */
    LedgerEntry sweeping() {
        return with(state, SWEEPING, "", progress(), attempts, finished, updated);
    }

    boolean isSweeping() {
        return state == ObjectState.READING && reason.equals(SWEEPING);
    }

    /** The object is gone, and its rows begin to go. */
    LedgerEntry removing(Instant now) {
        return with(ObjectState.READING, REMOVING, "", progress(), attempts, Optional.empty(), now)
                .with(checkpoint, split.filter(Split::isAddedUp));
    }

    boolean isRemoving() {
        return state == ObjectState.READING && reason.equals(REMOVING);
    }

    /** There is news of it. */
    LedgerEntry touch(Instant now) {
        return with(state, reason, message, progress(), attempts, finished, now);
    }

    /** All its records are done. */
    LedgerEntry count(Progress progress) {
        return with(state, reason, message, progress, attempts, finished, updated);
    }

    /** Everything before the checkpoint is done. */
    LedgerEntry read(Progress progress, Checkpoint at, Instant now) {
        return with(ObjectState.READING, "", "", progress, attempts, Optional.empty(), now)
                .with(Optional.of(at), split);
    }

    /** What is there is to be read again from its first byte, also if that version has been read. */
    LedgerEntry again(Instant now) {
        return with(ObjectState.WAITING, "", "", progress(), attempts, Optional.empty(), now)
                .with(Optional.empty(), split.map(parts -> parts.with(List.of())));
    }

    /** Reading parts of it was begun so often more than once. */
    LedgerEntry retried(int more) {
        return with(state, reason, message, progress(), attempts + more, finished, updated);
    }

    /** What was read so far is read on. */
    LedgerEntry resume(Instant now) {
        return with(ObjectState.READING, "", "", progress(), attempts + 1, Optional.empty(), now);
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
        return with(state, reason, message, progress, attempts, Optional.of(now), now);
    }

    /** The same entry in a final state without having read anything. */
    LedgerEntry end(ObjectState state, String reason, Instant now) {
        return end(state, reason, "", progress(), now);
    }

    /** So many rows more were removed. */
    LedgerEntry remove(long more) {
        var progress = new Progress(counts.remove(more), firstError);
        return with(state, reason, message, progress, attempts, finished, updated);
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
            int attempts,
            Optional<Instant> finished,
            Instant updated) {
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
                checkpoint,
                split);
    }

    private LedgerEntry with(Optional<Checkpoint> checkpoint, Optional<Split> split) {
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
                counts,
                bytes,
                attempts,
                firstError,
                started,
                finished,
                updated,
                checkpoint,
                split);
    }
}
