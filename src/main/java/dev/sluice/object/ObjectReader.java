package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.object.Ledger.Claim;
import dev.sluice.object.PieceReader.Reached;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Takes an object's lease, asks S3 what lies there now, and sees to it that exactly that version is read. */
final class ObjectReader {

    private final AwsClients aws;
    private final Feeds feeds;
    private final Ledger ledger;
    private final VersionReader versions;
    private final Parts parts;
    private final PartReader partReader;
    private final NoticeQueue queue;
    private final ReadingSettings settings;
    private final Clock clock;

    ObjectReader(
            AwsClients aws,
            Feeds feeds,
            Ledger ledger,
            VersionReader versions,
            Parts parts,
            PartReader partReader,
            NoticeQueue queue,
            ReadingSettings settings,
            Clock clock) {
        this.aws = aws;
        this.feeds = feeds;
        this.ledger = ledger;
        this.versions = versions;
        this.parts = parts;
        this.partReader = partReader;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
    }

    /** The entry's state is final, or a notice of what is left lies in the work queue. */
    ObjectOutcome read(ObjectNotice notice, Call call) {
        return notice.part()
                .map(number -> partReader.read(notice, number, call))
                .orElseGet(() -> readObject(notice, call));
    }

    private ObjectOutcome readObject(ObjectNotice notice, Call call) {
        Optional<Feeds.Match> match = feeds.match(notice.bucket(), notice.key());
        var fresh = LedgerEntry.fresh(
                notice, match.map(one -> one.feed().name()).orElse(LedgerEntry.NO_FEED), clock.instant());
        var lease = new Lease(ledger, fresh.id(), settings.lease(), aws.callTimeout(), clock);
        return switch (ledger.claim(fresh, lease)) {
            case Claim.Refused(Instant until) -> wait(notice, fresh, until);
            case Claim.Taken(LedgerEntry known) -> {
                LedgerEntry entry = lease.during(() -> decide(notice, match, known, lease, call));
                enqueueRest(notice, entry);
                yield outcome(notice, entry);
            }
        };
    }

    /** The reader that has the lease may have asked S3 too early to see what this notice tells of. */
    private ObjectOutcome wait(ObjectNotice notice, LedgerEntry fresh, Instant until) {
        Duration delay = Duration.between(clock.instant(), until);
        queue.send(notice, delay);
        return ObjectOutcome.of(fresh);
    }

    /** While parts are read, whoever reads the last one sends the notice. */
    private void enqueueRest(ObjectNotice notice, LedgerEntry entry) {
        if (!entry.state().isFinal() && !entry.isReadInParts()) {
            queue.send(notice, pause(entry));
        }
    }

    private Duration pause(LedgerEntry entry) {
        if (entry.isSweeping() || entry.isRemoving()) {
            return versions.timeToSweep(entry);
        }
        boolean partsEnd = entry.state() == ObjectState.WAITING && entry.split().isPresent();
        return partsEnd ? settings.checkpoint() : Duration.ZERO;
    }

    private static ObjectOutcome outcome(ObjectNotice notice, LedgerEntry entry) {
        boolean superseded = entry.state().isRead()
                && !entry.version().equals(notice.version().orElse(entry.version()));
        return superseded ? ObjectOutcome.of(entry).as(ObjectState.SUPERSEDED) : ObjectOutcome.of(entry);
    }

    private LedgerEntry decide(
            ObjectNotice notice, Optional<Feeds.Match> match, LedgerEntry known, Lease lease, Call call) {
        boolean readable = match.isPresent() && !notice.key().endsWith("/");
        Optional<HeadObjectResponse> head;
        try {
            head = readable ? PinnedObject.head(aws.s3(), notice) : Optional.empty();
        } catch (S3Exception e) {
            return refused(known, notice, e);
        }
        boolean same =
                head.map(PinnedObject::version).filter(known.version()::equals).isPresent();
        boolean begun = same && known.state() == ObjectState.READING && canGoOn(known, match.get());
        if (begun && known.isSweeping()) {
            return versions.end(Reached.done(known), match.get().feed(), lease, call);
        }
        if (known.split().isPresent() && !known.state().isFinal() && !known.isRemoving() && !begun) {
            LedgerEntry ended = endParts(known, known.split().get(), lease);
            return ended.split().isPresent() ? ended : decide(notice, match, ended, lease, call);
        }
        if (match.isEmpty()) {
            return ignore(known, "no-feed");
        }
        if (!readable) {
            return ignore(known, "folder");
        }
        if (head.isEmpty()) {
            return gone(known, match.get().feed(), lease, call);
        }
        if (same && known.isRead(match.get().feed().name())) {
            return known;
        }
        PinnedObject object = PinnedObject.of(aws.s3(), notice, head.get(), lease::keep);
        LedgerEntry entry = begun ? known : begin(known, match.get(), head.get(), object);
        if (entry.split().isPresent()) {
            if (!begun) {
                ledger.put(entry, lease);
            }
            return parts.goOn(entry, entry.split().get(), match.get().feed(), lease, call);
        }
        entry = begun ? entry.resume(clock.instant()) : entry;
        ledger.put(entry, lease);
        return versions.read(entry, object, match.get(), lease, call);
    }

    /** S3 does not even tell of the object. What has been read of it, or is being read in parts or removed, is left as it is. */
    private LedgerEntry refused(LedgerEntry known, ObjectNotice notice, S3Exception answer) {
        boolean busy = known.split().isPresent() || known.isSweeping() || known.isRemoving();
        Refusal refusal = Optional.of(notice)
                .filter(_ -> !busy && !known.isRead(known.feed()))
                .flatMap(one -> PinnedObject.refusal(aws.s3(), one))
                .orElseThrow(() -> answer);
        return known.end(ObjectState.FAILED, refusal.reason(), refusal.message(), known.progress(), clock.instant());
    }

    /**
     * What is read for another feed begins anew, and so does what came back when some of its rows were gone; and of a feed
     * that was changed, objects may not be read in parts any more.
     */
    private static boolean canGoOn(LedgerEntry known, Feeds.Match match) {
        Feed feed = match.feed();
        return !known.isRemoving()
                && known.feed().equals(feed.name())
                && (known.split().isEmpty() || feed.format().hasPlainLines());
    }

    private LedgerEntry begin(LedgerEntry known, Feeds.Match match, HeadObjectResponse head, PinnedObject object) {
        return known.begin(
                        match.feed().name(),
                        PinnedObject.version(head),
                        PinnedObject.eTag(head.eTag()),
                        object.bytes(),
                        clock.instant())
                .split(parts.plan(object, match));
    }

    /** First nobody begins to read a part any more, then those who have begun have to come to their end. */
    private LedgerEntry endParts(LedgerEntry known, Split split, Lease lease) {
        LedgerEntry ended = known;
        if (known.state() == ObjectState.READING) {
            ended = known.again(clock.instant());
            ledger.put(ended, lease);
        }
        return parts.areBusy(ended, split) ? ended : ended.split(Optional.empty());
    }

    private LedgerEntry ignore(LedgerEntry known, String reason) {
        return known.state() == ObjectState.IGNORED && known.reason().equals(reason)
                ? known
                : known.end(ObjectState.IGNORED, reason, clock.instant());
    }

    private LedgerEntry gone(LedgerEntry known, Feed feed, Lease lease, Call call) {
        return switch (known.state()) {
            case WAITING, IGNORED, READING, DONE, FAILED ->
                known.version().isEmpty()
                        ? known.end(ObjectState.MISSING, "", clock.instant())
                        : versions.remove(known, feed, lease, call);
            case MISSING, REMOVED, SUPERSEDED -> known;
        };
    }
}
