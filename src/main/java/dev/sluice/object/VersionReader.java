package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.feed.RowPolicy;
import dev.sluice.format.FormatException;
import dev.sluice.invocation.Invocation;
import dev.sluice.row.Keeping;
import dev.sluice.row.RowTable;
import dev.sluice.row.RowWriter;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipException;

/**
 * Reads one version of an object from where its ledger entry says, keeps a checkpoint every now and then, and stops at
 * one before the call's time is over.
 */
final class VersionReader {

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
            var state = ObjectState.DONE;
            String reason = "";
            String message = "";
            try (OpenObject open = OpenObject.open(object, match, entry.checkpoint())) {
                LedgerEntry reached = entry;
                Instant stop = stop(invocation);
                while (copy.copy(open.records(), nextPause(stop))) {
                    writer.flush();
                    rejectWriter.flush();
                    reached = reached.read(copy.progress(), open.checkpoint(), clock.instant());
                    if (!clock.instant().isBefore(stop)) {
                        return reached;
                    }
                    ledger.put(reached, lease);
                }
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
            }
            writer.flush();
            rejectWriter.flush();
            return entry.end(state, reason, message, copy.progress(), clock.instant());
        }
    }

    private static Keeping keeping(Feed feed, PinnedObject object) {
        RowPolicy policy = feed.rules().rows();
        return new Keeping(
                policy.newest()
                        ? Optional.of(new Keeping.Newest(policy.newestBy(), object.modified()))
                        : Optional.empty());
    }

    private BooleanSupplier nextPause(Instant stop) {
        Instant checkpoint = clock.instant().plus(settings.checkpoint());
        Instant pause = checkpoint.isBefore(stop) ? checkpoint : stop;
        return () -> !clock.instant().isBefore(pause);
    }

    /** At least two thirds of the call's time are for reading. */
    private Instant stop(Invocation invocation) {
        Duration margin =
                Duration.between(clock.instant(), invocation.deadline()).dividedBy(3);
        return invocation.deadline().minus(margin.compareTo(settings.margin()) < 0 ? margin : settings.margin());
    }
}
