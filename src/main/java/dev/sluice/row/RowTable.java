package dev.sluice.row;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import dev.sluice.aws.Queries;
import dev.sluice.invocation.Invocation;
import dev.sluice.lane.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The rows table: a feed's rows under {@code pk} {@code feed#NN} and {@code sk} the row key. */
public final class RowTable {

    /** DynamoDB sorts text by its UTF-8 bytes, which is the order of code points. */
    static final Comparator<String> KEY_ORDER = (a, b) -> {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                int at = i > 0 && Character.isHighSurrogate(a.charAt(i - 1)) ? i - 1 : i;
                return Integer.compare(a.codePointAt(at), b.codePointAt(at));
            }
        }
        return Integer.compare(a.length(), b.length());
    };

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final AwsClients aws;
    private final RowSettings settings;
    private final Partitions partitions;

    RowTable(AwsClients aws, RowSettings settings) {
        this.aws = aws;
        this.settings = settings;
        this.partitions = new Partitions(settings.partitions());
    }

    /**
     * A writer that tries as long as the call has time.
     *
     * @param keeping what happens where a row of the same key is there already
     * @param beforeCall is asked before each call whether rows may be written now, on any thread; throws if not
     */
    public RowWriter writer(Keeping keeping, Invocation invocation, Runnable beforeCall) {
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, invocation.lastTry());
        RowPuts puts = keeping.newest().isPresent()
                ? new NewestPuts(aws.dynamoDb(), settings.table())
                : new BatchPuts(aws.dynamoDb(), settings.table());
        var settled = new SettledPuts(puts, aws.attemptTimeout(), aws.callTimeout(), backoff);
        return new RowWriter(settled, keeping, settings, partitions, backoff, beforeCall);
    }

    /**
     * From when on the index tells of all rows that had been written by then. It is eventually consistent, usually within
     * a fraction of a second (Amazon DynamoDB Developer Guide, "Data synchronization between tables and Global Secondary
     * Indexes"); nothing tells how far behind it is, so that is a setting.
     */
    public Instant shown(Instant written) {
        return written.plus(settings.indexLag());
    }

    /**
     * Removes the rows of an object that are of another version than this one, as far as the index tells.
     *
     * @param object bucket and key, with a slash between them
     * @param kept the version whose rows stay; empty for none
     * @param stop when it has to be left to the next call
     * @param beforeCall is asked before each call whether rows may be removed now, on any thread; throws if not
     */
    public Swept sweep(String feed, String object, String kept, Instant stop, Runnable beforeCall) {
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, stop);
        return new RowSweep(aws.dynamoDb(), settings.table(), object, kept, backoff, beforeCall)
                .of(partitions.all(feed));
    }

    /** The row of that key. */
    public Optional<Row> find(RowKey key) {
        if (!RowItem.isKey(key.key())) {
            return Optional.empty();
        }
        var item = aws.dynamoDb().getItem(request -> request.tableName(settings.table())
                .key(Map.of(
                        "pk", AttributeValue.fromS(partitions.of(key)),
                        "sk", AttributeValue.fromS(key.key())))
                .consistentRead(true));
        return item.hasItem() ? Optional.of(StoredRow.of(key.feed(), new Item(item.item()))) : Optional.empty();
    }

    /** Whether a page may begin there: at the start, or where another one ended. */
    public static boolean isCursor(String after) {
        return after.isEmpty() || RowItem.isKey(after);
    }

    /**
     * A feed's rows in the order of their keys.
     *
     * @param prefix what the keys begin with; empty for all
     * @param after the key to go on after; empty for the first page
     * @param limit how many rows at most; large rows make a page shorter
     */
    public RowPage list(String feed, String prefix, String after, int limit) {
        if (!prefix.isEmpty() && !RowItem.isKey(prefix)) {
            return new RowPage(List.of(), Optional.empty());
        }
        List<Callable<List<Slice>>> queries = partitions.all(feed).stream()
                .map(partition -> query(partition, prefix, after, limit))
                .toList();
        List<Slice> slices = Queries.all(queries);
        List<Row> rows = inOrder(slices);
        boolean more = rows.size() > limit || slices.stream().anyMatch(Slice::more);
        List<Row> page = List.copyOf(rows.subList(0, Math.min(limit, rows.size())));
        return new RowPage(page, more ? Optional.of(page.getLast().key().key()) : Optional.empty());
    }

    /** What one query of a partition answers: at most 1 MB (Amazon DynamoDB API Reference, Query). */
    private record Slice(List<Row> rows, boolean more) {}

    /** The merged rows, as far as every partition has answered: behind the end of a cut slice, rows may be missing. */
    private static List<Row> inOrder(List<Slice> slices) {
        Optional<String> end = slices.stream()
                .filter(Slice::more)
                .map(slice -> slice.rows().getLast().key().key())
                .min(KEY_ORDER);
        return slices.stream()
                .flatMap(slice -> slice.rows().stream())
                .filter(row -> end.isEmpty() || KEY_ORDER.compare(row.key().key(), end.get()) <= 0)
                .sorted(Comparator.comparing(row -> row.key().key(), KEY_ORDER))
                .toList();
    }

    private Callable<List<Slice>> query(String partition, String prefix, String after, int limit) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":pk", AttributeValue.fromS(partition));
        String condition = "pk = :pk";
        if (!after.isEmpty() && KEY_ORDER.compare(after, prefix) >= 0) {
            condition += " AND sk > :after";
            values.put(":after", AttributeValue.fromS(after));
        } else if (!prefix.isEmpty()) {
            condition += " AND begins_with(sk, :prefix)";
            values.put(":prefix", AttributeValue.fromS(prefix));
        }
        var request = QueryRequest.builder()
                .tableName(settings.table())
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .limit(limit)
                .build();
        return () -> List.of(slice(request, Partitions.feed(partition), prefix));
    }

    /** After a key, DynamoDB can no longer be asked for the prefix too: what comes behind the prefix is left out. */
    private Slice slice(QueryRequest request, String feed, String prefix) {
        var answer = aws.dynamoDb().query(request);
        List<Row> rows = answer.items().stream()
                .map(item -> StoredRow.of(feed, new Item(item)))
                .toList();
        List<Row> wanted =
                rows.stream().filter(row -> row.key().key().startsWith(prefix)).toList();
        return new Slice(wanted, answer.hasLastEvaluatedKey() && wanted.size() == rows.size());
    }
}
