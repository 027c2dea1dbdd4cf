package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.RowPolicy;
import dev.sluice.format.FormatException;
import dev.sluice.object.LedgerEntry.Progress;
import dev.sluice.row.Keeping;
import dev.sluice.row.RowTable;
import dev.sluice.row.RowWriter;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipException;

/**
 * Reads an object's records, or a part's, from where the ledger entry says: keeps a checkpoint every now and then, and
 * stops at one before the call's time is over.
 */
final class PieceReader {

    private final RowTable rows;
    private final Rejects rejects;
    private final Transforms transforms;
    private final ReadingSettings settings;
    private final Clock clock;

    PieceReader(RowTable rows, Rejects rejects, Transforms transforms, ReadingSettings settings, Clock clock) {
        this.rows = rows;
        this.rejects = rejects;
        this.transforms = transforms;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How far it has come; all before that is durable.
     *
     * @param entry with the last checkpoint
     * @param progress what all records have come to, those behind the checkpoint too
     * @param state {@code reading} if the next call has to go on, else what to end in
     */
    record Reached(LedgerEntry entry, Progress progress, ObjectState state, String reason, String message) {

        private static Reached pause(LedgerEntry entry) {
            return new Reached(entry, entry.progress(), ObjectState.READING, "", "");
        }

        static Reached done(LedgerEntry entry) {
            return new Reached(entry, entry.progress(), ObjectState.DONE, "", "");
        }

        static Reached failure(LedgerEntry entry, Progress progress, String reason, String message) {
            return new Reached(entry, progress, ObjectState.FAILED, reason, message);
        }

        static Reached refused(LedgerEntry entry, Progress progress, Refusal refusal) {
            return failure(entry, progress, refusal.reason(), refusal.message());
        }

        boolean isPaused() {
            return state == ObjectState.READING;
        }

        /** The entry as it ends. */
        LedgerEntry end(Instant now) {
            return entry.end(state, reason, message, progress, now);
        }
    }

    /**
     * The call came to its end before it came to the place where it was to go on. Its notice is not sent anew: it comes back as
     * one that has failed, and only so often.
     */
    private static final class NoTimeException extends Lease.DroppedException {
        private static final long serialVersionUID = 1L;

        NoTimeException() {
            super("The call's time was over before it came to where reading has to go on.");
        }
    }

    /** The same of a call that did little else: the next one would do no better. */
    private static final class NeverThereException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NeverThereException() {
            super(
                    "Coming to where reading has to go on takes all of a call's time: give calls more time or memory and replay"
                            + " the object, compress it in several gzip members or zstd frames, or use NDJSON or smaller files.");
        }
    }

    Reached read(LedgerEntry entry, Piece piece, Lease lease, Call call) {
        var match = piece.match();
        RejectWriter rejectWriter = rejects.writer(entry, piece.linesFrom(), lease::keep);
        try (RowWriter writer = rows.writer(keeping(match.feed(), piece.object()), call.invocation(), lease::keep)) {
            var maker = new RowMaker(match.feed(), entry.bucket(), entry.key(), entry.version(), piece.linesFrom());
            var copy = new ObjectCopy(match, piece.policy(), maker, transforms, writer, rejectWriter, entry.progress());
            rejectWriter.begin(entry.checkpoint().map(at -> at.next().offset()).orElse(piece.from()), piece.to());
            Reached reached = read(entry, piece, copy, writer, rejectWriter, call);
            writer.flush();
            rejectWriter.flush();
            return reached;
        }
    }

    private Reached read(
            LedgerEntry entry, Piece piece, ObjectCopy copy, RowWriter writer, RejectWriter rejectWriter, Call call) {
        LedgerEntry reached = entry;
        Instant stop = call.stop();
        Instant opened = clock.instant();
        try (OpenObject open = OpenObject.open(
                piece.object(),
                piece.match(),
                entry.checkpoint(),
                settings.largestPiece(),
                () -> requireTime(opened, call))) {
            while (copy.copy(open.records(), nextPause(stop))) {
                writer.flush();
                rejectWriter.flush();
                open.requireShortSkip(settings.largestPiece());
                reached = reached.read(copy.progress(), open.checkpoint(), clock.instant());
                if (!clock.instant().isBefore(stop)) {
                    return Reached.pause(reached);
                }
                piece.keep().accept(reached);
            }
            reached = reached.read(copy.progress(), open.checkpoint(), clock.instant());
            return Reached.done(reached);
        } catch (FormatException e) {
            return Reached.failure(reached, copy.progress(), e.code(), String.valueOf(e.getMessage()));
        } catch (ZipException | EOFException e) {
            return Reached.failure(
                    reached, copy.progress(), "bad-compression", "The compressed bytes are damaged or cut off.");
        } catch (NeverThereException e) {
            return Reached.failure(reached, copy.progress(), "one-piece", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ObjectBody.BrokenException(e);
        } catch (ObjectBody.BrokenException e) {
            return Reached.refused(reached, copy.progress(), e.refusal().orElseThrow(() -> e));
        }
    }

    private static Keeping keeping(Feed feed, PinnedObject object) {
        RowPolicy policy = feed.rules().rows();
        return new Keeping(
                policy.newest()
                        ? Optional.of(new Keeping.Newest(policy.newestBy(), object.modified()))
                        : Optional.empty(),
                policy.snapshot() || policy.removed());
    }

    private void requireTime(Instant opened, Call call) {
        if (!clock.instant().isBefore(call.stop())) {
            throw call.hadMostOf(opened) ? new NeverThereException() : new NoTimeException();
        }
    }

    private BooleanSupplier nextPause(Instant stop) {
        Instant checkpoint = clock.instant().plus(settings.checkpoint());
        Instant pause = checkpoint.isBefore(stop) ? checkpoint : stop;
        return () -> !clock.instant().isBefore(pause);
    }
}
