package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.feed.RowPolicy;
import dev.sluice.format.FormatException;
import dev.sluice.invocation.Invocation;
import dev.sluice.row.Keeping;
import dev.sluice.row.RowTable;
import dev.sluice.row.RowWriter;
import dev.sluice.row.Swept;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipException;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;

/**
 * Reads one version of an object from where its ledger entry says, keeps a checkpoint every now and then, and stops at
 * one before the call's time is over. Removes the rows that an object does not hold any more.
 */
final class VersionReader {

    private static final String NO_VERSION = "";

    private final RowTable rows;
    private final Ledger ledger;
    private final Rejects rejects;
    private final Transforms transforms;
    private final ReadingSettings settings;
    private final Clock clock;

    VersionReader(
            RowTable rows,
            Ledger ledger,
            Rejects rejects,
            Transforms transforms,
            ReadingSettings settings,
            Clock clock) {
        this.rows = rows;
        this.ledger = ledger;
        this.rejects = rejects;
        this.transforms = transforms;
        this.settings = settings;
        this.clock = clock;
    }

    /** The entry in a final state, or with a checkpoint from which the next call goes on; all before it is durable. */
    LedgerEntry read(LedgerEntry entry, PinnedObject object, Feeds.Match match, Lease lease, Invocation invocation) {
        if (entry.bytes() > match.feed().rules().maxObjectBytes()) {
            return entry.end(ObjectState.FAILED, "object-too-large", clock.instant());
        }
        RejectWriter rejectWriter = rejects.writer(entry, lease::keep);
        try (RowWriter writer = rows.writer(keeping(match.feed(), object), invocation, lease::keep)) {
            var maker = new RowMaker(match.feed(), entry.bucket(), entry.key(), entry.version());
            var copy = new ObjectCopy(match, maker, transforms, writer, rejectWriter, entry.progress());
            rejectWriter.begin(entry.checkpoint().map(at -> at.next().offset()).orElse(0L));
            LedgerEntry reached = entry;
            Instant stop = settings.stop(clock.instant(), invocation);
            var state = ObjectState.DONE;
            String reason = "";
            String message = "";
            try (OpenObject open = OpenObject.open(object, match, entry.checkpoint(), settings.largestPiece())) {
                while (copy.copy(open.records(), nextPause(stop))) {
                    writer.flush();
                    rejectWriter.flush();
                    reached = reached.read(copy.progress(), open.checkpoint(), clock.instant());
                    if (!clock.instant().isBefore(stop)) {
                        return reached;
                    }
                    ledger.put(reached, lease);
                }
                reached = reached.read(copy.progress(), open.checkpoint(), clock.instant());
                reason = copy.progress().counts().records() > 0 ? "" : entry.bytes() == 0 ? "empty" : "no-records";
            } catch (FormatException e) {
                state = ObjectState.FAILED;
                reason = e.code();
                message = String.valueOf(e.getMessage());
            } catch (ZipException | EOFException e) {
                state = ObjectState.FAILED;
                reason = "bad-compression";
                message = "The compressed bytes are damaged or cut off.";
            } catch (IOException e) {
                throw new ObjectBody.BrokenException(e);
            } catch (ObjectBody.BrokenException e) {
                if (!(e.getCause() instanceof InvalidObjectStateException)) {
                    throw e;
                }
                state = ObjectState.FAILED;
                reason = "archived";
                message = "The object lies in an archive: have S3 restore it, then replay it.";
            }
            writer.flush();
            rejectWriter.flush();
            if (state != ObjectState.DONE || !match.feed().rules().rows().snapshot()) {
                return entry.end(state, reason, message, copy.progress(), clock.instant());
            }
            ledger.put(reached, lease);
            Swept swept = sweep(entry, match.feed(), entry.version(), lease, stop);
            reached = reached.remove(swept.removed());
            return swept.complete() ? reached.end(state, reason, clock.instant()) : reached;
        }
    }

    /** The entry of an object that is gone, and its rows with it if the feed says so; else to be gone on with. */
    LedgerEntry remove(LedgerEntry known, Feed feed, Lease lease, Invocation invocation) {
        if (!feed.rules().rows().removed()) {
            return known.end(ObjectState.REMOVED, "", clock.instant());
        }
        // Should that version come back when only some of its rows are gone, it has to be read from its first byte.
        LedgerEntry begun = known.begin(feed.name(), known.version(), known.eTag(), known.bytes(), clock.instant())
                .remove(known.counts().removed());
        ledger.put(begun, lease);
        Swept swept = sweep(known, feed, NO_VERSION, lease, settings.stop(clock.instant(), invocation));
        return swept.complete()
                ? known.remove(swept.removed()).end(ObjectState.REMOVED, "", clock.instant())
                : begun.remove(swept.removed());
    }

    private Swept sweep(LedgerEntry entry, Feed feed, String kept, Lease lease, Instant stop) {
        return rows.sweep(feed.name(), entry.bucket() + "/" + entry.key(), kept, stop, lease::keep);
    }

    private static Keeping keeping(Feed feed, PinnedObject object) {
        RowPolicy policy = feed.rules().rows();
        return new Keeping(
                policy.newest()
                        ? Optional.of(new Keeping.Newest(policy.newestBy(), object.modified()))
                        : Optional.empty(),
                policy.snapshot() || policy.removed());
    }

    private BooleanSupplier nextPause(Instant stop) {
        Instant checkpoint = clock.instant().plus(settings.checkpoint());
        Instant pause = checkpoint.isBefore(stop) ? checkpoint : stop;
        return () -> !clock.instant().isBefore(pause);
    }
}
