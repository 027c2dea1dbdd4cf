package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import dev.sluice.object.ReconcilePosition.InLedger;
import dev.sluice.object.ReconcileStep.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The ledger as reconciling needs it: many entries at once, with their leases, and how far it has come itself. */
final class ReconcileLedger {

    private final AwsClients aws;
    private final LedgerSettings settings;
    private final Ledger ledger;
    private final Duration stuckAfter;
    private final Clock clock;

    ReconcileLedger(AwsClients aws, LedgerSettings settings, Ledger ledger, Duration stuckAfter, Clock clock) {
        this.aws = aws;
        this.settings = settings;
        this.ledger = ledger;
        this.stuckAfter = stuckAfter;
        this.clock = clock;
    }

    /**
     * An entry.
     *
     * @param stuck whether it waits to be read, or for being given out by S3, and nobody has looked at it for long
     * @param at where it stands in the index
     */
    record Standing(LedgerEntry entry, boolean stuck, InLedger at) {}

    /** Entries by their ids, as they are now. */
    Map<String, Standing> find(List<String> ids) {
        return LedgerItems.find(aws, settings, ids).stream()
                .map(this::standing)
                .collect(Collectors.toMap(standing -> standing.entry().id(), standing -> standing));
    }

    /** Entries of the position's feed and state behind it, the oldest first: what changes meanwhile moves forward. */
    List<Standing> after(InLedger from, int limit) {
        String state = from.stateTime().substring(0, from.stateTime().indexOf('#') + 1);
        var query = QueryRequest.builder()
                .tableName(settings.table())
                .indexName(LedgerIndex.BY_FEED)
                .keyConditionExpression("feed = :feed AND begins_with(stateTime, :state)")
                .expressionAttributeValues(
                        Map.of(":feed", AttributeValue.fromS(from.feed()), ":state", AttributeValue.fromS(state)))
                .limit(limit);
        if (!from.id().isEmpty()) {
            query.exclusiveStartKey(Map.of(
                    "feed", AttributeValue.fromS(from.feed()),
                    "stateTime", AttributeValue.fromS(from.stateTime()),
                    "id", AttributeValue.fromS(from.id())));
        }
        return aws.dynamoDb().queryPaginator(query.build()).items().stream()
                .limit(limit)
                .map(item -> standing(new Item(item)))
                .toList();
    }

    private Standing standing(Item item) {
        LedgerEntry entry = LedgerItem.entry(item);
        Instant now = clock.instant();
        boolean stuck = (!entry.state().isFinal() || entry.isForbidden())
                && entry.updated().plus(stuckAfter).isBefore(now)
                && LedgerItem.leaseUntil(item).plus(aws.callTimeout()).isBefore(now);
        return new Standing(entry, stuck, new InLedger(entry.feed(), item.text("stateTime"), entry.id()));
    }

    /** Begins the object's entry, if it has none: it waits to be read. */
    void expect(ObjectNotice notice, String feed) {
        // If it is there, a reader was quicker, or the ledger knows that the object was not there before.
        ledger.begin(LedgerEntry.fresh(notice, feed, clock.instant()));
    }

    /** How far the last run has come; empty if it has come to the end. */
    Optional<ReconcilePosition> progress(Scope scope) {
        var item = aws.dynamoDb().getItem(request -> request.tableName(settings.table())
                .key(Map.of("id", progressId(scope)))
                .consistentRead(true));
        return new Item(item.item()).find("position").map(AttributeValue::s).flatMap(ReconcilePosition::of);
    }

    void keepProgress(Scope scope, Optional<ReconcilePosition> position) {
        var item = new HashMap<>(Map.of("id", progressId(scope)));
        position.ifPresent(at -> item.put("position", AttributeValue.fromS(at.text())));
        aws.dynamoDb().putItem(request -> request.tableName(settings.table()).item(item));
    }

    /** No object's id has a colon. */
    private static AttributeValue progressId(Scope scope) {
        return AttributeValue.fromS("reconcile:" + ObjectId.of(scope.bucket(), scope.prefix()));
    }
}
