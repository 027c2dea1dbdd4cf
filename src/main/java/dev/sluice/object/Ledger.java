package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import dev.sluice.aws.Queries;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The ledger table: one entry an object, and an index of them by feed, state and time. */
public final class Ledger {

    /** The longest partition key that DynamoDB takes; an id of bucket and key is far below. */
    private static final int LONGEST_ID = 2048;

    private static final List<ObjectState> STATES = Arrays.stream(ObjectState.values())
            .filter(state -> state != ObjectState.SUPERSEDED)
            .toList();

    static final String BY_FEED = "byFeed";
    private static final String BEHIND_ALL_TIMES = "~";

    private final AwsClients aws;
    private final LedgerSettings settings;
    private final Feeds feeds;

    Ledger(AwsClients aws, LedgerSettings settings, Feeds feeds) {
        this.aws = aws;
        this.settings = settings;
        this.feeds = feeds;
    }

    /** The entry of that id. */
    public Optional<LedgerEntry> find(String id) {
        if (id.length() > LONGEST_ID) {
            return Optional.empty();
        }
        var item = aws.dynamoDb().getItem(request -> request.tableName(settings.table())
                .key(Map.of("id", AttributeValue.fromS(id)))
                .consistentRead(true));
        return LedgerItem.isObject(item.item())
                ? Optional.of(LedgerItem.entry(new Item(item.item())))
                : Optional.empty();
    }

    /**
     * Entries, the latest first. The index lags behind {@link #find} by moments.
     *
     * @param feed only of this feed
     * @param state only in this state
     * @param after where the page before ended; empty for the first
     */
    public LedgerPage list(Optional<String> feed, Optional<ObjectState> state, String after, int limit) {
        List<String> names = feed.map(List::of).orElseGet(this::allFeeds);
        List<ObjectState> states = state.map(List::of).orElse(STATES);
        List<Callable<List<LedgerEntry>>> queries = names.stream()
                .flatMap(name -> states.stream().map(one -> query(name, one, after, limit)))
                .toList();
        List<LedgerEntry> entries = Queries.all(queries);
        entries.sort(Comparator.comparing(LedgerItem::time).reversed());
        if (entries.size() <= limit) {
            return new LedgerPage(List.copyOf(entries), Optional.empty());
        }
        List<LedgerEntry> page = List.copyOf(entries.subList(0, limit));
        return new LedgerPage(page, Optional.of(LedgerItem.time(page.getLast())));
    }

    private List<String> allFeeds() {
        return Stream.concat(feeds.all().stream().map(Feed::name), Stream.of(LedgerEntry.NO_FEED))
                .toList();
    }

    /** One entry more than asked for, so that the merged list knows whether it goes on. */
    private Callable<List<LedgerEntry>> query(String feed, ObjectState state, String after, int limit) {
        String before = after.isEmpty() ? BEHIND_ALL_TIMES : after;
        var request = QueryRequest.builder()
                .tableName(settings.table())
                .indexName(BY_FEED)
                .keyConditionExpression("feed = :feed AND stateTime BETWEEN :low AND :high")
                .expressionAttributeValues(Map.of(
                        ":feed", AttributeValue.fromS(feed),
                        ":low", AttributeValue.fromS(state.word() + "#"),
                        ":high", AttributeValue.fromS(state.word() + "#" + before)))
                .scanIndexForward(false)
                .limit(limit + 2)
                .build();
        return () -> aws.dynamoDb().queryPaginator(request).items().stream()
                .map(Item::new)
                .map(LedgerItem::entry)
                .filter(entry -> !LedgerItem.time(entry).equals(after))
                .limit(limit + 1L)
                .toList();
    }

    /** What a reader that wants an object's lease gets. */
    sealed interface Claim {

        /** The lease, and the entry as it stands. */
        record Taken(LedgerEntry entry) implements Claim {}

        /** Nothing: another reader has it, and nobody else can before that moment. */
        record Refused(Instant until) implements Claim {}
    }

    /**
     * Takes the lease of an object.
     *
     * @param fresh the entry to begin with if there is none
     */
    Claim claim(LedgerEntry fresh, Lease lease) {
        while (true) {
            try {
                var answer = aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                        .key(Map.of("id", AttributeValue.fromS(lease.id())))
                        .updateExpression("SET holder = :holder, leaseUntil = :until")
                        .conditionExpression("attribute_exists(id) AND"
                                + " (attribute_not_exists(leaseUntil) OR leaseUntil < :over OR holder = :holder)")
                        .expressionAttributeValues(Map.of(
                                ":holder", AttributeValue.fromS(lease.holder()),
                                ":until", LedgerItem.millis(lease.until()),
                                ":over", LedgerItem.millis(lease.takenOverBefore())))
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
                return new Claim.Taken(LedgerItem.entry(new Item(answer.attributes())));
            } catch (ConditionalCheckFailedException e) {
                if (e.hasItem()) {
                    return new Claim.Refused(lease.takeoverAfter(LedgerItem.leaseUntil(new Item(e.item()))));
                }
                if (create(fresh, lease)) {
                    return new Claim.Taken(fresh);
                }
            }
        }
    }

    private boolean create(LedgerEntry fresh, Lease lease) {
        try {
            aws.dynamoDb().putItem(request -> request.tableName(settings.table())
                    .item(LedgerItem.of(fresh, lease))
                    .conditionExpression("attribute_not_exists(id) OR holder = :holder")
                    .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(lease.holder()))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Makes a lease last until then. False if another reader has taken it over. */
    boolean renew(String id, String holder, Instant until) {
        return update(id, holder, "SET leaseUntil = :until", Map.of(":until", LedgerItem.millis(until)));
    }

    /** Gives the lease back and leaves the entry as it is. */
    void release(Lease lease) {
        update(lease.id(), lease.holder(), "REMOVE leaseUntil", Map.of());
    }

    private boolean update(String id, String holder, String expression, Map<String, AttributeValue> values) {
        var all = new HashMap<>(values);
        all.put(":holder", AttributeValue.fromS(holder));
        try {
            aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression(expression)
                    .conditionExpression("holder = :holder")
                    .expressionAttributeValues(all));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Keeps an entry and the lease with it. */
    void put(LedgerEntry entry, Lease lease) {
        write(LedgerItem.of(entry, lease), lease);
        lease.kept(entry);
    }

    /** Keeps an entry and gives the lease back. */
    void putAndRelease(LedgerEntry entry, Lease lease) {
        var item = LedgerItem.of(entry, lease);
        item.remove(LedgerItem.LEASE_UNTIL);
        write(item, lease);
    }

    /** The holder stays in the item, so that the SDK's second try of a put that took effect is no loss of the lease. */
    private void write(Map<String, AttributeValue> item, Lease lease) {
        try {
            aws.dynamoDb().putItem(request -> request.tableName(settings.table())
                    .item(item)
                    .conditionExpression("holder = :holder")
                    .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(lease.holder()))));
        } catch (ConditionalCheckFailedException _) {
            throw new Lease.LostException("was taken over by another reader");
        }
    }
}
