package dev.sluice.object;

import dev.sluice.invocation.Invocation;
import dev.sluice.object.ReconcilePosition.InBucket;
import dev.sluice.object.ReconcilePosition.InLedger;
import dev.sluice.object.ReconcileStep.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares bucket and ledger, page by page as long as the call lasts, and has readers look at every object about which
 * they differ. It decides nothing itself: the reader takes the object's lease and asks S3.
 */
final class ReconcileObjects implements Function<ReconcileRequest, ReconcileReport> {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileObjects.class);

    private final UnreadObjects unread;
    private final VanishedObjects vanished;
    private final OldestWaiting oldest;
    private final ReconcileLedger ledger;
    private final NoticeQueue queue;
    private final BucketSettings bucket;
    private final ReadingSettings reading;
    private final ReconcileSettings settings;
    private final Clock clock;

    ReconcileObjects(
            UnreadObjects unread,
            VanishedObjects vanished,
            OldestWaiting oldest,
            ReconcileLedger ledger,
            NoticeQueue queue,
            BucketSettings bucket,
            ReadingSettings reading,
            ReconcileSettings settings,
            Clock clock) {
        this.unread = unread;
        this.vanished = vanished;
        this.oldest = oldest;
        this.ledger = ledger;
        this.queue = queue;
        this.bucket = bucket;
        this.reading = reading;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ReconcileReport apply(ReconcileRequest request) {
        // Before this run begins entries of what it finds.
        oldest.tell();
        var scope = new Scope(
                request.bucket().orElse(bucket.bucket()), request.prefix().orElse(""));
        // A dry run that moved the next run forward would hide from it what it has found.
        boolean keepsProgress = request.cursor().isEmpty() && !request.dryRun().orElse(false);
        Instant stop = reading.stop(clock.instant(), Invocation.current());
        var run = new ReconcileRun(queue, unread::expect, new Pace(settings.perSecond(), stop, clock), request);
        Optional<ReconcilePosition> position = request.position()
                .or(() -> keepsProgress ? ledger.progress(scope) : Optional.empty())
                .or(() -> Optional.of(ReconcilePosition.start()));
        while (position.isPresent() && !run.isOver() && clock.instant().isBefore(stop)) {
            position = run.take(look(scope, position.get()), position.get());
            if (keepsProgress) {
                ledger.keepProgress(scope, position);
            }
        }
        ReconcileReport report = run.report(position);
        LOG.info("Reconciled {}/{}*: {}", scope.bucket(), scope.prefix(), report);
        return report;
    }

    private ReconcileStep look(Scope scope, ReconcilePosition position) {
        return switch (position) {
            case InBucket from -> unread.look(scope, from, vanished.beginning());
            case InLedger from -> vanished.look(scope, from);
        };
    }
}
