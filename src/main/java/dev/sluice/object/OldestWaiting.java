package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.object.ReconcilePosition.InLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How long the ledger has had no news of the object that waits longest to be read, or to be read on. It is logged, and where
 * the log is JSON, it is a metric: Amazon CloudWatch, "Specification: Embedded metric format".
 */
final class OldestWaiting {

    private static final Logger LOG = LoggerFactory.getLogger(OldestWaiting.class);

    private static final String NAME = "OldestWaiting";
    private static final String DIMENSION = "Bucket";

    private final ReconcileLedger ledger;
    private final Feeds feeds;
    private final BucketSettings bucket;
    private final Clock clock;

    OldestWaiting(ReconcileLedger ledger, Feeds feeds, BucketSettings bucket, Clock clock) {
        this.ledger = ledger;
        this.feeds = feeds;
        this.bucket = bucket;
        this.clock = clock;
    }

    /** Nobody's work depends on it: if the ledger cannot be asked, only that is told. */
    void tell() {
        Instant now = clock.instant();
        try {
            tell(now, Duration.between(since(now), now).toSeconds());
        } catch (SdkException e) {
            LOG.warn(
                    "Which object waits longest could not be asked: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void tell(Instant now, long seconds) {
        LOG.atInfo()
                .addKeyValue("_aws", metric(now))
                .addKeyValue(DIMENSION, bucket.bucket())
                .addKeyValue(NAME, seconds)
                .log("Of the object that waits longest there is no news for {} s.", seconds);
    }

    /** When that object was heard of; now if none waits. */
    private Instant since(Instant now) {
        return feeds.all().stream()
                .map(Feed::name)
                .flatMap(feed -> Stream.of(ObjectState.WAITING, ObjectState.READING)
                        .map(state -> InLedger.beginning(feed, state)))
                .flatMap(from -> ledger.after(from, 1).stream())
                .map(standing -> standing.entry().updated())
                .min(Comparator.naturalOrder())
                .filter(now::isAfter)
                .orElse(now);
    }

    private static Map<String, Object> metric(Instant now) {
        return Map.of(
                "Timestamp",
                now.toEpochMilli(),
                "CloudWatchMetrics",
                List.of(Map.of(
                        "Namespace",
                        "Sluice",
                        "Dimensions",
                        List.of(List.of(DIMENSION)),
                        "Metrics",
                        List.of(Map.of("Name", NAME, "Unit", "Seconds")))));
    }
}
