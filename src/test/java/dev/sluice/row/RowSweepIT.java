package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.aws.Item;
import dev.sluice.lane.Backoff;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.value.RejectedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** An index that is behind its table, as DynamoDB's can be and DynamoDB Local's never is. */
class RowSweepIT {

    private static final String PARTITION = "f#00";
    private static final String OTHER_PARTITION = "f#01";

    @SuppressWarnings("NullAway.Init")
    private static DynamoDbClient dynamoDb;

    @SuppressWarnings("NullAway.Init")
    private static String table;

    @BeforeAll
    static void create() {
        dynamoDb = LocalCloud.shared().dynamoDbClient();
        table = LocalResources.create(LocalCloud.shared(), "sweep").rowsTable();
    }

    @Test
    void aRowGoesOnlyIfItIsStillWhatTheIndexSays() throws RejectedException {
        assertThat(sweep("v1", "b/other", "v9")).isEqualTo(new Swept(0, true));
        assertThat(sweep("v1", "b/object", "v2")).isEqualTo(new Swept(0, true));
        assertThat(sweep("v1", "b/object", "v1")).isEqualTo(new Swept(1, true));
    }

    @Test
    void whatIsGoneIsCountedAlthoughMoreIsRefused() throws RejectedException {
        put(PARTITION, "k", "b/counted", "v1");
        put(OTHER_PARTITION, "k", "b/counted", "v1");

        assertRefused("b/counted", Refused.QUERY, 1);
        put(PARTITION, "k", "b/counted", "v1");
        assertRefused("b/counted", Refused.DELETE, 1);
        assertRefused("b/counted", Refused.DELETE, 0);
        assertThat(sweep("b/counted", Refused.NOTHING, () -> {})).isEqualTo(new Swept(1, true));
    }

    private static void assertRefused(String object, Refused refused, long removed) {
        assertThatExceptionOfType(RowSweepException.class)
                .isThrownBy(() -> sweep(object, refused, () -> {}))
                .withCauseInstanceOf(InternalServerErrorException.class)
                .extracting(RowSweepException::removed)
                .isEqualTo(removed);
    }

    @Test
    void withoutItsLeaseNoSweepIsCounted() throws RejectedException {
        put(PARTITION, "k1", "b/lost", "v1");
        put(PARTITION, "k2", "b/lost", "v1");
        put(OTHER_PARTITION, "k", "b/lost", "v1");
        var calls = new AtomicInteger();
        // Two queries, and one row.
        Runnable lease = () -> assertThat(calls.incrementAndGet()).as("calls").isLessThanOrEqualTo(3);

        assertThatException()
                .isThrownBy(() -> sweep("b/lost", Refused.QUERY, lease))
                .withRootCauseInstanceOf(AssertionError.class);
    }

    /** Sweeps both partitions. */
    private static Swept sweep(String object, Refused refused, Runnable beforeCall) {
        var backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), Instant.MAX);
        return new RowSweep(new Refusing(refused), table, object, "v2", backoff, beforeCall)
                .of(List.of(PARTITION, OTHER_PARTITION));
    }

    /** Sweeps for the version v2 by an index that knows an older version's row but not the one written since. */
    private static Swept sweep(String seen, String object, String version) throws RejectedException {
        put("b/object", seen);
        var behind = new Behind();
        put(object, version);
        var backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), Instant.MAX);
        return new RowSweep(behind, table, "b/object", "v2", backoff, () -> {}).of(List.of(PARTITION));
    }

    private static void put(String object, String version) throws RejectedException {
        put(PARTITION, "k", object, version);
    }

    private static void put(String partition, String key, String object, String version) throws RejectedException {
        var row = new Row(new RowKey("f", key), Map.of(), new Row.Source(object, version, 1, 0));
        var item = RowItem.of(row, partition, new Keeping(Optional.empty(), true));
        dynamoDb.putItem(put -> put.tableName(table).item(item.attributes()));
    }

    /** Answers its first query for ever. */
    private static final class Behind implements DynamoDbClient {

        private final QueryResponse seen = dynamoDb.query(query -> query.tableName(table)
                .indexName(RowItem.BY_SOURCE)
                .keyConditionExpression("bySource = :source")
                .expressionAttributeValues(
                        Map.of(":source", AttributeValue.fromS(RowItem.bySource(PARTITION, "b/object")))));

        @Override
        public QueryResponse query(QueryRequest request) {
            return seen;
        }

        @Override
        public DeleteItemResponse deleteItem(DeleteItemRequest request) {
            return dynamoDb.deleteItem(request);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    /** What DynamoDB refuses of the other partition, after all tries of the SDK. */
    private enum Refused {
        QUERY,
        DELETE,
        NOTHING
    }

    private record Refusing(Refused refused) implements DynamoDbClient {

        @Override
        public QueryResponse query(QueryRequest request) {
            String source = new Item(request.expressionAttributeValues()).text(":source");
            require(refused != Refused.QUERY || !source.startsWith(OTHER_PARTITION));
            return dynamoDb.query(request);
        }

        @Override
        public DeleteItemResponse deleteItem(DeleteItemRequest request) {
            require(refused != Refused.DELETE
                    || !new Item(request.key()).text("pk").equals(OTHER_PARTITION));
            return dynamoDb.deleteItem(request);
        }

        private static void require(boolean answered) {
            if (!answered) {
                throw InternalServerErrorException.builder().build();
            }
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
