package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Queries;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.object.ReconcileLedger.Standing;
import dev.sluice.object.ReconcilePosition.InLedger;
import dev.sluice.object.ReconcileStep.Finding;
import dev.sluice.object.ReconcileStep.Looked;
import dev.sluice.object.ReconcileStep.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the ledger says is there, and is not. */
final class VanishedObjects {

    private static final Logger LOG = LoggerFactory.getLogger(VanishedObjects.class);

    private static final int SERVER_ERROR = 500;

    /** Each costs a question to S3, and all of a page are asked at once. */
    private static final int PAGE = 100;

    private static final List<ObjectState> STATES =
            List.of(ObjectState.WAITING, ObjectState.READING, ObjectState.DONE, ObjectState.FAILED);

    private final AwsClients aws;
    private final Feeds feeds;
    private final ReconcileLedger ledger;
    private final List<InLedger> beginnings;

    VanishedObjects(AwsClients aws, Feeds feeds, ReconcileLedger ledger) {
        this.aws = aws;
        this.feeds = feeds;
        this.ledger = ledger;
        this.beginnings = Stream.concat(feeds.all().stream().map(Feed::name), Stream.of(LedgerEntry.NO_FEED))
                .flatMap(feed -> STATES.stream().map(state -> InLedger.beginning(feed, state)))
                .toList();
    }

    InLedger beginning() {
        return beginnings.getFirst();
    }

    /** One page of the ledger's index. */
    ReconcileStep look(Scope scope, InLedger from) {
        List<Standing> page = ledger.after(from, PAGE);
        List<Callable<List<Looked>>> looks = page.stream()
                .filter(standing -> scope.holds(standing.entry()))
                .<Callable<List<Looked>>>map(standing -> () -> List.of(look(standing)))
                .toList();
        Optional<ReconcilePosition> next =
                page.size() < PAGE ? behind(from) : Optional.of(page.getLast().at());
        return new ReconcileStep(Queries.all(looks), next);
    }

    /** The next state or feed; a feed that was taken out of the settings meanwhile is like the last one. */
    private Optional<ReconcilePosition> behind(InLedger from) {
        return beginnings.stream()
                .dropWhile(one -> !isSameState(one, from))
                .skip(1)
                .<ReconcilePosition>map(one -> one)
                .findFirst();
    }

    private static boolean isSameState(InLedger beginning, InLedger position) {
        return beginning.feed().equals(position.feed()) && position.stateTime().startsWith(beginning.stateTime());
    }

    private Looked look(Standing standing) {
        LedgerEntry entry = standing.entry();
        var notice = new ObjectNotice(entry.bucket(), entry.key());
        return new Looked(notice, finding(notice, standing), standing.at());
    }

    private Optional<Finding> finding(ObjectNotice notice, Standing standing) {
        if (isGone(notice)) {
            return Optional.of(Finding.VANISHED);
        }
        // Going through the bucket passes over folder markers and what no feed matches.
        boolean passedOver = notice.key().endsWith("/")
                || feeds.match(notice.bucket(), notice.key()).isEmpty();
        return standing.stuck() && passedOver ? Optional.of(Finding.STUCK) : Optional.empty();
    }

    /** One object of which S3 does not tell must not keep all others from being looked at. */
    private boolean isGone(ObjectNotice notice) {
        try {
            return PinnedObject.head(aws.s3(), notice).isEmpty();
        } catch (S3Exception e) {
            if (e.statusCode() >= SERVER_ERROR) {
                throw e;
            }
            LOG.warn(
                    "S3 does not tell of the object {} and answers {}; it is passed over.",
                    ObjectId.of(notice.bucket(), notice.key()),
                    e.statusCode());
            return false;
        }
    }
}
