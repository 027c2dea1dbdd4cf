package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import dev.sluice.aws.Queries;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The ledger table: one entry an object, and an index of them by feed, state and time. */
public final class Ledger {

    /** The longest partition key that DynamoDB takes; an id of bucket and key is far below. */
    private static final int LONGEST_ID = 2048;

    private static final String BY_FEED = "byFeed";
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
        return item.hasItem() ? Optional.of(LedgerItem.entry(new Item(item.item()))) : Optional.empty();
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
        List<ObjectState> states = state.map(List::of).orElse(List.of(ObjectState.values()));
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

    /**
     * Keeps an entry, unless another reader has finished the same version: who finishes first is who is believed.
     *
     * @return the entry as it stands now
     */
    LedgerEntry putUnlessRead(LedgerEntry entry) {
        try {
            aws.dynamoDb().putItem(request -> request.tableName(settings.table())
                    .item(LedgerItem.of(entry))
                    .conditionExpression(
                            "attribute_not_exists(id) OR version <> :version OR NOT #state IN (:done, :failed)")
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(Map.of(
                            ":version", AttributeValue.fromS(entry.version()),
                            ":done", AttributeValue.fromS(ObjectState.DONE.word()),
                            ":failed", AttributeValue.fromS(ObjectState.FAILED.word())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return entry;
        } catch (ConditionalCheckFailedException e) {
            return LedgerItem.entry(new Item(e.item()));
        }
    }

    void put(LedgerEntry entry) {
        aws.dynamoDb().putItem(request -> request.tableName(settings.table()).item(LedgerItem.of(entry)));
    }
}
