package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import dev.sluice.aws.Queries;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The ledger's entries by feed, state and time. Each question is one range of the index for each feed and state that it
 * is about, whatever time it names. The index lags behind {@link Ledger#find} by moments.
 */
public final class LedgerIndex {

    static final String BY_FEED = "byFeed";

    /** Those that an object can be in. */
    static final List<ObjectState> STATES = Arrays.stream(ObjectState.values())
            .filter(state -> state != ObjectState.SUPERSEDED)
            .toList();

    private static final String BEHIND_ALL_TIMES = "~";

    private static final Pattern CURSOR =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}#[0-9a-f]{8}");

    private final AwsClients aws;
    private final LedgerSettings settings;
    private final Feeds feeds;

    LedgerIndex(AwsClients aws, LedgerSettings settings, Feeds feeds) {
        this.aws = aws;
        this.settings = settings;
        this.feeds = feeds;
    }

    /** Whether a page may begin there: at the start, or where another one ended. */
    public static boolean isCursor(String after) {
        return after.isEmpty() || CURSOR.matcher(after).matches();
    }

    /**
     * Entries, the latest first. One that is written while somebody turns the pages moves to the front.
     *
     * @param after where the page before ended; empty for the first
     */
    public LedgerPage list(LedgerSelection selection, String after, int limit) {
        List<String> names = selection.feed().map(List::of).orElseGet(this::allFeeds);
        List<ObjectState> states = selection.state().map(List::of).orElse(STATES);
        List<Callable<List<Placed>>> queries = names.stream()
                .flatMap(name -> states.stream()
                        .flatMap(state -> Range.of(state, selection, after).stream())
                        .map(range -> query(name, range, after, limit)))
                .toList();
        List<Placed> all = Queries.all(queries);
        all.sort(Comparator.comparing(Placed::time).reversed());
        List<Placed> page = all.subList(0, Math.min(limit, all.size()));
        return new LedgerPage(
                page.stream().map(Placed::entry).toList(),
                all.size() > limit ? Optional.of(page.getLast().time()) : Optional.empty());
    }

    /** An entry and its place among those of all feeds and states: the index sorts by the state, then by that. */
    private record Placed(String time, LedgerEntry entry) {

        static Placed of(Item item) {
            String stateTime = item.text(LedgerItem.STATE_TIME);
            return new Placed(stateTime.substring(stateTime.indexOf('#') + 1), LedgerItem.entry(item));
        }
    }

    private List<String> allFeeds() {
        return Stream.concat(feeds.all().stream().map(Feed::name), Stream.of(LedgerEntry.NO_FEED))
                .toList();
    }

    /** A part of the index: from the low end to the high one, both of the same state. */
    private record Range(String low, String high) {

        /** Empty if there can be nothing in it, which DynamoDB does not take for a range. */
        static Optional<Range> of(ObjectState state, LedgerSelection selection, String after) {
            String end = selection.to().map(LedgerItem::microsecond).orElse(BEHIND_ALL_TIMES);
            String before = after.isEmpty() || end.compareTo(after) < 0 ? end : after;
            String from = selection.from().map(LedgerItem::microsecond).orElse("");
            return from.compareTo(before) < 0
                    ? Optional.of(new Range(state.word() + "#" + from, state.word() + "#" + before))
                    : Optional.empty();
        }
    }

    /** One entry more than asked for, so that the merged list knows whether it goes on. */
    private Callable<List<Placed>> query(String feed, Range range, String after, int limit) {
        QueryRequest request = request(feed, range, limit + 2);
        return () -> aws.dynamoDb().queryPaginator(request).items().stream()
                .map(Item::new)
                .map(Placed::of)
                .filter(placed -> !placed.time().equals(after))
                .limit(limit + 1L)
                .toList();
    }

    /**
     * The latest entries of a feed in one state, the latest first.
     *
     * @param more whether there are others
     */
    record Latest(ObjectState state, List<Glance> entries, boolean more) {}

    /** What is asked of an entry where many are looked at. */
    record Glance(String id, String key, String reason, long rows, long rejects, Instant updated) {

        private static Glance of(Item item) {
            return new Glance(
                    item.text("id"),
                    item.text("key"),
                    item.text("reason"),
                    item.number("rows"),
                    item.number("rejects"),
                    Instant.parse(item.text("updated")));
        }
    }

    /**
     * The latest entries of a feed in each of those states: a request each, which looks at 1 MB at most (Amazon DynamoDB
     * API Reference, Query).
     */
    List<Latest> latest(String feed, List<ObjectState> states, int limit) {
        return Queries.all(states.stream()
                .<Callable<List<Latest>>>map(state -> () -> List.of(latest(feed, state, limit)))
                .toList());
    }

    private Latest latest(String feed, ObjectState state, int limit) {
        var all = new Range(state.word() + "#", state.word() + "#" + BEHIND_ALL_TIMES);
        // One more than wanted: at its limit DynamoDB does not tell whether it goes on.
        var answer = aws.dynamoDb()
                .query(request(feed, all, limit + 1).toBuilder()
                        .projectionExpression("id, #key, reason, #rows, rejects, updated")
                        .expressionAttributeNames(Map.of("#key", "key", "#rows", "rows"))
                        .build());
        return new Latest(
                state,
                answer.items().stream()
                        .limit(limit)
                        .map(item -> Glance.of(new Item(item)))
                        .toList(),
                answer.items().size() > limit || answer.hasLastEvaluatedKey());
    }

    private QueryRequest request(String feed, Range range, int limit) {
        return QueryRequest.builder()
                .tableName(settings.table())
                .indexName(BY_FEED)
                .keyConditionExpression("feed = :feed AND stateTime BETWEEN :low AND :high")
                .expressionAttributeValues(Map.of(
                        ":feed", AttributeValue.fromS(feed),
                        ":low", AttributeValue.fromS(range.low()),
                        ":high", AttributeValue.fromS(range.high())))
                .scanIndexForward(false)
                .limit(limit)
                .build();
    }
}
