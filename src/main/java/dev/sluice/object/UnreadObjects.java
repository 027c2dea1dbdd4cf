package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feeds;
import dev.sluice.object.ReconcileLedger.Standing;
import dev.sluice.object.ReconcilePosition.InBucket;
import dev.sluice.object.ReconcileStep.Finding;
import dev.sluice.object.ReconcileStep.Looked;
import dev.sluice.object.ReconcileStep.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in the bucket and has not been read as it lies there. */
final class UnreadObjects {

    private final AwsClients aws;
    private final Feeds feeds;
    private final ReconcileLedger ledger;

    UnreadObjects(AwsClients aws, Feeds feeds, ReconcileLedger ledger) {
        this.aws = aws;
        this.feeds = feeds;
        this.ledger = ledger;
    }

    /** One page of the bucket's list. */
    ReconcileStep look(Scope scope, InBucket from, ReconcilePosition behind) {
        var page = aws.s3().listObjectsV2(list -> list.bucket(scope.bucket())
                .prefix(scope.prefix())
                .startAfter(from.after())
                // XML cannot hold every character that a key can.
                .encodingType(EncodingType.URL));
        List<Looked> looked = look(
                scope.bucket(),
                page.contents().stream()
                        .filter(object -> belongs(scope.bucket(), object.key()))
                        .toList());
        return new ReconcileStep(
                looked,
                Optional.of(
                        page.isTruncated()
                                ? new InBucket(page.contents().getLast().key())
                                : behind));
    }

    /** The object lies in the work queue: until it is read or stuck, no other run need put it there. */
    void expect(ObjectNotice notice) {
        feeds.match(notice.bucket(), notice.key())
                .ifPresent(match -> ledger.expect(notice, match.feed().name()));
    }

    private boolean belongs(String bucket, String key) {
        return !key.endsWith("/") && feeds.match(bucket, key).isPresent();
    }

    private List<Looked> look(String bucket, List<S3Object> objects) {
        Map<String, Standing> known = ledger.find(objects.stream()
                .map(object -> ObjectId.of(bucket, object.key()))
                .toList());
        return objects.stream()
                .map(object -> look(bucket, object, known.get(ObjectId.of(bucket, object.key()))))
                .toList();
    }

    private Looked look(String bucket, S3Object object, @Nullable Standing known) {
        var notice = new ObjectNotice(bucket, object.key());
        Optional<Finding> finding = known == null ? Optional.of(Finding.UNREAD) : finding(bucket, object, known);
        return new Looked(notice, finding, new InBucket(object.key()));
    }

    private boolean isOfItsFeed(String bucket, S3Object object, LedgerEntry entry) {
        return feeds.match(bucket, object.key())
                .filter(match -> match.feed().name().equals(entry.feed()))
                .isPresent();
    }

    private Optional<Finding> finding(String bucket, S3Object object, Standing known) {
        LedgerEntry entry = known.entry();
        if (known.stuck()) {
            return Optional.of(Finding.STUCK);
        }
        return switch (entry.state()) {
            case WAITING, READING -> Optional.empty();
            case DONE, FAILED -> {
                if (entry.isForbidden() && entry.eTag().isEmpty()) {
                    // Nothing was told of it, and it is asked again when it is stuck.
                    yield Optional.empty();
                }
                if (!entry.eTag().equals(PinnedObject.eTag(object.eTag()))) {
                    yield Optional.of(Finding.CHANGED);
                }
                yield isOfItsFeed(bucket, object, entry) ? Optional.empty() : Optional.of(Finding.UNREAD);
            }
            case IGNORED, MISSING, REMOVED, SUPERSEDED -> Optional.of(Finding.UNREAD);
        };
    }
}
