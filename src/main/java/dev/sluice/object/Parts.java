package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.feed.RejectPolicy;
import dev.sluice.format.FormatException;
import dev.sluice.object.LedgerEntry.FirstError;
import dev.sluice.object.LedgerEntry.Progress;
import dev.sluice.object.PartLedger.Standing;
import dev.sluice.object.PieceReader.Reached;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/**
 * Has a large object read in parts, by as many calls as there are: puts a message for each part into the work queue, and
 * adds them up when all have been read. Needs the object's lease, which those who read parts do not have.
 */
final class Parts {

    private final PartLedger ledger;
    private final VersionReader versions;
    private final NoticeQueue queue;
    private final Duration callTimeout;
    private final DataSize largestPiece;
    private final Clock clock;

    Parts(
            PartLedger ledger,
            VersionReader versions,
            NoticeQueue queue,
            Duration callTimeout,
            DataSize largestPiece,
            Clock clock) {
        this.ledger = ledger;
        this.versions = versions;
        this.queue = queue;
        this.callTimeout = callTimeout;
        this.largestPiece = largestPiece;
        this.clock = clock;
    }

    /** How to read the object in parts; empty if it is to be read whole. */
    Optional<Split> plan(PinnedObject object, Feeds.Match match) {
        Feed.Rules rules = match.feed().rules();
        if (object.bytes() <= rules.splitBytes() || object.bytes() > rules.maxObjectBytes()) {
            return Optional.empty();
        }
        Split split = Split.of(rules.splitBytes(), object.bytes());
        try (OpenObject open = OpenObject.open(object, match, largestPiece)) {
            return open.canBeginAt(split.partBytes()) ? Optional.of(split) : Optional.empty();
        } catch (IOException | FormatException _) {
            // Whoever reads it whole says what is wrong with it.
            return Optional.empty();
        } catch (ObjectBody.BrokenException e) {
            if (e.refusal().isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Has the parts read that have not been; when there are none left, ends the entry.
     *
     * @param entry what is being read in parts
     */
    LedgerEntry goOn(LedgerEntry entry, Split split, Feed feed, Lease lease, Call call) {
        List<Standing> parts = ledger.parts(entry, split);
        List<ObjectNotice> unread = parts.stream()
                // Also those that somebody reads: it may be for an earlier plan.
                .filter(part -> part.read(entry).isEmpty())
                .map(part -> ObjectNotice.part(entry.bucket(), entry.key(), part.number()))
                .toList();
        queue.send(unread, Duration.ZERO);
        List<LedgerEntry> read =
                parts.stream().flatMap(part -> part.read(entry).stream()).toList();
        return read.size() < parts.size() ? entry : versions.end(sum(entry, split, feed, read), feed, lease, call);
    }

    /** Whether somebody may still be reading a part of it. */
    boolean areBusy(LedgerEntry entry, Split split) {
        return ledger.parts(entry, split).stream().anyMatch(this::isBusy);
    }

    private boolean isBusy(Standing part) {
        return part.item()
                .filter(item -> LedgerItem.leaseUntil(item).plus(callTimeout).isAfter(clock.instant()))
                .isPresent();
    }

    /** What all parts have come to together. Behind a part that was not read to its end no lines are known. */
    private Reached sum(LedgerEntry entry, Split split, Feed feed, List<LedgerEntry> parts) {
        var starts = new ArrayList<Split.Start>();
        var counts = entry.counts();
        Optional<FirstError> firstError = Optional.empty();
        Optional<LedgerEntry> failed = Optional.empty();
        long lines = 0;
        long bytes = 0;
        int retries = 0;
        for (LedgerEntry part : parts) {
            long linesBefore = lines;
            counts = counts.add(part.counts());
            bytes += part.bytes();
            retries += Math.max(0, part.attempts() - 1);
            if (failed.isEmpty()) {
                part.split()
                        .ifPresent(own -> starts.add(
                                new Split.Start(own.starts().getFirst().offset(), linesBefore)));
                firstError = firstError.or(() -> part.firstError().map(error -> error.behind(linesBefore)));
                lines += part.checkpoint().map(at -> at.next().line() - 1).orElse(0L);
                failed = Optional.of(part).filter(one -> one.state() == ObjectState.FAILED);
            }
        }
        var progress = new Progress(counts, firstError);
        LedgerEntry read =
                entry.split(Optional.of(split.with(starts))).count(progress).retried(retries);
        if (failed.isPresent()) {
            return Reached.failure(
                    read, progress, failed.get().reason(), failed.get().message());
        }
        if (bytes != entry.bytes()) {
            return Reached.failure(
                    read,
                    progress,
                    "parts-differ",
                    "The parts have %d of %d bytes, as after a change of the feed while they were read: replay the object."
                            .formatted(bytes, entry.bytes()));
        }
        try {
            RejectPolicy policy = feed.rules().rejects();
            ObjectCopy.checkRejects(policy, counts.rejects(), counts.records(), true);
            return Reached.done(read);
        } catch (FormatException e) {
            return Reached.failure(read, progress, e.code(), String.valueOf(e.getMessage()));
        }
    }
}
