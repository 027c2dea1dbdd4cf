package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.format.FormatException;
import dev.sluice.format.RecordLimits;
import dev.sluice.format.RecordStart;
import dev.sluice.object.Ledger.Claim;
import dev.sluice.object.PieceReader.Reached;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Reads one part of an object under a lease of its own, while others read other parts. It goes on as long as the object's
 * entry says that this version is read in parts; whoever changes that waits for the leases of all parts to end.
 */
final class PartReader {

    private final AwsClients aws;
    private final Feeds feeds;
    private final Ledger ledger;
    private final PartLedger parts;
    private final PieceReader pieces;
    private final NoticeQueue queue;
    private final ReadingSettings settings;
    private final Clock clock;

    PartReader(
            AwsClients aws,
            Feeds feeds,
            Ledger ledger,
            PartLedger parts,
            PieceReader pieces,
            NoticeQueue queue,
            ReadingSettings settings,
            Clock clock) {
        this.aws = aws;
        this.feeds = feeds;
        this.ledger = ledger;
        this.parts = parts;
        this.pieces = pieces;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
    }

    /** The object's entry does not ask for this part any more. */
    private static final class UnwantedException extends Lease.DroppedException {
        private static final long serialVersionUID = 1L;

        UnwantedException() {
            super("The part is not to be read any more.");
        }
    }

    /** Something else lies there than the object's entry tells of, or belongs to another feed now. */
    private static final class ChangedException extends Lease.DroppedException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("The object is not what its parts are read of any more.");
        }
    }

    /** The part has been read, nobody wants it, or its notice lies in the work queue once more. */
    ObjectOutcome read(ObjectNotice notice, int number, Call call) {
        Optional<LedgerEntry> object = ledger.find(ObjectId.of(notice.bucket(), notice.key()))
                .filter(entry -> entry.isReadInParts()
                        && number >= 0
                        && number < split(entry).parts(entry.bytes()));
        if (object.isEmpty()) {
            return superseded(notice);
        }
        LedgerEntry fresh = object.get().part(number, clock.instant());
        var lease = new Lease(ledger, fresh.id(), settings.lease(), aws.callTimeout(), clock);
        return switch (ledger.claim(fresh, lease)) {
            case Claim.Refused(Instant until) -> {
                queue.send(notice, Duration.between(clock.instant(), until));
                yield ObjectOutcome.of(fresh, notice.part());
            }
            case Claim.Taken(LedgerEntry known) -> read(notice, number, object.get(), known, lease, call);
        };
    }

    private ObjectOutcome read(
            ObjectNotice notice, int number, LedgerEntry object, LedgerEntry known, Lease lease, Call call) {
        var whole = new ObjectNotice(notice.bucket(), notice.key());
        try {
            LedgerEntry part = lease.during(() -> decide(notice, number, object, known, lease, call));
            if (!part.state().isFinal()) {
                queue.send(notice, Duration.ZERO);
            } else if (parts.done(object, split(object), number, clock.instant())) {
                queue.send(whole, Duration.ZERO);
            }
            return ObjectOutcome.of(part, notice.part());
        } catch (UnwantedException _) {
            return superseded(notice);
        } catch (ChangedException _) {
            queue.send(whole, Duration.ZERO);
            return superseded(notice);
        }
    }

    private LedgerEntry decide(
            ObjectNotice notice, int number, LedgerEntry object, LedgerEntry known, Lease lease, Call call) {
        // Only now: whoever ends the reading in parts looks at the leases after that.
        requireStillRead(object);
        boolean begun = known.started().equals(object.started());
        if (begun && known.state().isFinal()) {
            return known;
        }
        HeadObjectResponse head = PinnedObject.head(aws.s3(), notice)
                .filter(one -> PinnedObject.version(one).equals(object.version()))
                .orElseThrow(ChangedException::new);
        Feeds.Match match = feeds.match(notice.bucket(), notice.key())
                .filter(one -> one.feed().name().equals(object.feed()))
                .filter(one -> one.feed().format().hasPlainLines())
                .orElseThrow(ChangedException::new);
        PinnedObject pinned = PinnedObject.of(aws.s3(), notice, head, lease::keep);
        LedgerEntry part = object.part(number, clock.instant());
        try {
            LedgerEntry entry = begun && known.state() == ObjectState.READING
                    ? known.resume(clock.instant())
                    : begin(part, object, number, pinned, match.feed());
            return read(entry, object, pinned, match, lease, call);
        } catch (FormatException e) {
            return Reached.failure(part, part.progress(), e.code(), String.valueOf(e.getMessage()))
                    .end(clock.instant());
        } catch (ObjectBody.BrokenException e) {
            return Reached.refused(part, part.progress(), e.refusal().orElseThrow(() -> e))
                    .end(clock.instant());
        }
    }

    private LedgerEntry read(
            LedgerEntry entry, LedgerEntry object, PinnedObject pinned, Feeds.Match match, Lease lease, Call call) {
        ledger.put(entry, lease);
        if (entry.bytes() == 0) {
            return entry.end(ObjectState.DONE, "", clock.instant());
        }
        long from = split(entry).starts().getFirst().offset();
        var piece = Piece.part(pinned, match, from, from + entry.bytes(), reached -> {
            ledger.put(reached, lease);
            requireStillRead(object);
        });
        Reached reached = pieces.read(entry, piece, lease, call);
        return reached.isPaused() ? reached.entry() : reached.end(clock.instant());
    }

    /** Its records are those that begin between its first byte and the next part's. */
    private LedgerEntry begin(LedgerEntry part, LedgerEntry object, int number, PinnedObject pinned, Feed feed)
            throws FormatException {
        long partBytes = split(object).partBytes();
        long first = number * partBytes;
        long next = Math.min(first + partBytes, object.bytes());
        long from = number == 0 ? 0 : start(pinned.until(next), first, feed);
        long to = from >= next ? from : next == object.bytes() ? next : start(pinned, next, feed);
        return part.beginPart(partBytes, from, to, clock.instant());
    }

    private long start(PinnedObject object, long offset, Feed feed) throws FormatException {
        var limits = new RecordLimits(
                feed.rules().maxRecordBytes(), settings.largestPiece().toBytes());
        try (ObjectBody body = object.open(offset - 1)) {
            return RecordStart.find(feed.format(), offset, body, limits);
        } catch (IOException e) {
            throw new ObjectBody.BrokenException(e);
        }
    }

    private void requireStillRead(LedgerEntry object) {
        boolean stillRead = ledger.find(object.id())
                .filter(now -> now.isReadInParts() && now.started().equals(object.started()))
                .isPresent();
        if (!stillRead) {
            throw new UnwantedException();
        }
    }

    private static Split split(LedgerEntry entry) {
        return entry.split().orElseThrow();
    }

    private ObjectOutcome superseded(ObjectNotice notice) {
        LedgerEntry nothing = LedgerEntry.fresh(notice, LedgerEntry.NO_FEED, clock.instant());
        return ObjectOutcome.of(nothing, notice.part()).as(ObjectState.SUPERSEDED);
    }
}
