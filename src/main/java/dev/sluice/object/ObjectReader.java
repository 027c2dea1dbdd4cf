package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.invocation.Invocation;
import dev.sluice.object.Ledger.Claim;
import dev.sluice.work.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Takes an object's lease, asks S3 what lies there now, and sees to it that exactly that version is read. */
final class ObjectReader {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectReader.class);

    private final AwsClients aws;
    private final Feeds feeds;
    private final Ledger ledger;
    private final VersionReader versions;
    private final WorkQueue work;
    private final ReadingSettings settings;
    private final Clock clock;

    ObjectReader(
            AwsClients aws,
            Feeds feeds,
            Ledger ledger,
            VersionReader versions,
            WorkQueue work,
            ReadingSettings settings,
            Clock clock) {
        this.aws = aws;
        this.feeds = feeds;
        this.ledger = ledger;
        this.versions = versions;
        this.work = work;
        this.settings = settings;
        this.clock = clock;
    }

    /** The entry's state is final, or the notice lies in the work queue once more. */
    ObjectOutcome read(ObjectNotice notice, Invocation invocation) {
        Optional<Feeds.Match> match = feeds.match(notice.bucket(), notice.key());
        var fresh = LedgerEntry.fresh(
                notice, match.map(one -> one.feed().name()).orElse(LedgerEntry.NO_FEED), clock.instant());
        var lease = new Lease(ledger, fresh.id(), settings.lease(), aws.callTimeout(), clock);
        return switch (ledger.claim(fresh, lease)) {
            case Claim.Refused(Instant until) -> wait(notice, fresh, until);
            case Claim.Taken(LedgerEntry known) -> {
                LedgerEntry entry = readClaimed(notice, match, known, lease, invocation);
                if (!entry.state().isFinal()) {
                    work.send(List.of(new ObjectNotices(List.of(notice))), Duration.ZERO);
                }
                yield outcome(notice, entry);
            }
        };
    }

    /** The reader that has the lease may have asked S3 too early to see what this notice tells of. */
    private ObjectOutcome wait(ObjectNotice notice, LedgerEntry fresh, Instant until) {
        Duration delay = Duration.between(clock.instant(), until);
        work.send(List.of(new ObjectNotices(List.of(notice))), delay);
        return ObjectOutcome.of(fresh);
    }

    private static ObjectOutcome outcome(ObjectNotice notice, LedgerEntry entry) {
        boolean superseded = entry.state().isRead()
                && !entry.version().equals(notice.version().orElse(entry.version()));
        return superseded ? ObjectOutcome.of(entry).as(ObjectState.SUPERSEDED) : ObjectOutcome.of(entry);
    }

    private LedgerEntry readClaimed(
            ObjectNotice notice, Optional<Feeds.Match> match, LedgerEntry known, Lease lease, Invocation invocation) {
        try {
            LedgerEntry entry = decide(notice, match, known, lease, invocation);
            if (entry.equals(known)) {
                ledger.release(lease);
            } else {
                ledger.putAndRelease(entry, lease);
            }
            return entry;
        } catch (RuntimeException e) {
            giveUp(lease, e);
            throw e;
        }
    }

    /** What was begun may still take effect, so the lease is not given back but made to end now. */
    private void giveUp(Lease lease, RuntimeException reason) {
        try {
            ledger.renew(lease.id(), lease.holder(), clock.instant());
        } catch (RuntimeException e) {
            LOG.debug("A lease could not be ended; it will run out.");
            reason.addSuppressed(e);
        }
    }

    private LedgerEntry decide(
            ObjectNotice notice, Optional<Feeds.Match> match, LedgerEntry known, Lease lease, Invocation invocation) {
        if (match.isEmpty()) {
            return ignore(known, "no-feed");
        }
        if (notice.key().endsWith("/")) {
            return ignore(known, "folder");
        }
        Optional<HeadObjectResponse> head = PinnedObject.head(aws.s3(), notice);
        if (head.isEmpty()) {
            return gone(known, match.get().feed(), lease, invocation);
        }
        String version = PinnedObject.version(head.get());
        boolean same = known.version().equals(version);
        if (same && known.state().isRead()) {
            return known;
        }
        boolean begun = same && known.state() == ObjectState.READING;
        LedgerEntry entry = begun
                ? known.resume(clock.instant())
                : known.begin(
                        match.get().feed().name(),
                        version,
                        PinnedObject.eTag(head.get().eTag()),
                        head.get().contentLength(),
                        clock.instant());
        ledger.put(entry, lease);
        return versions.read(entry, PinnedObject.of(aws.s3(), notice, head.get()), match.get(), lease, invocation);
    }

    private LedgerEntry ignore(LedgerEntry known, String reason) {
        return known.state() == ObjectState.IGNORED && known.reason().equals(reason)
                ? known
                : known.end(ObjectState.IGNORED, reason, clock.instant());
    }

    private LedgerEntry gone(LedgerEntry known, Feed feed, Lease lease, Invocation invocation) {
        return switch (known.state()) {
            case WAITING, IGNORED, READING, DONE, FAILED ->
                known.version().isEmpty()
                        ? known.end(ObjectState.MISSING, "", clock.instant())
                        : versions.remove(known, feed, lease, invocation);
            case MISSING, REMOVED, SUPERSEDED -> known;
        };
    }
}
