package dev.sluice.row;

import dev.sluice.aws.Item;
import dev.sluice.aws.Queries;
import dev.sluice.lane.Backoff;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/**
 * Removes the rows of one object that are of another version than one, a feed's partitions side by side. The index that
 * tells them is behind the table by moments, so each row goes only if it still is what the index says.
 */
final class RowSweep {

    private static final Map<String, String> NAMES =
            Map.of("#source", RowItem.SOURCE, "#object", RowItem.OBJECT, "#version", RowItem.VERSION);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final String object;
    private final String kept;
    private final Backoff backoff;
    private final Runnable beforeCall;
    private final AtomicLong removed = new AtomicLong();
    private final AtomicReference<@Nullable SdkException> failure = new AtomicReference<>();

    /** @param kept the version whose rows stay; empty for none */
    RowSweep(DynamoDbClient dynamoDb, String table, String object, String kept, Backoff backoff, Runnable beforeCall) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.object = object;
        this.kept = kept;
        this.backoff = backoff;
        this.beforeCall = beforeCall;
    }

    /** @throws RowSweepException if DynamoDB refused to go on in one of the partitions; the others are swept all the same */
    Swept of(List<String> partitions) {
        List<Callable<List<Boolean>>> sweeps = partitions.stream()
                .map(partition -> (Callable<List<Boolean>>) () -> List.of(sweep(partition)))
                .toList();
        boolean complete = !Queries.all(sweeps).contains(false);
        SdkException failed = failure.get();
        if (failed != null) {
            throw new RowSweepException(removed.get(), failed);
        }
        return new Swept(removed.get(), complete);
    }

    /** Removes one row at least, if there is one, however little time there is: so it comes to an end some day. */
    private boolean sweep(String partition) {
        var request = QueryRequest.builder()
                .tableName(table)
                .indexName(RowItem.BY_SOURCE)
                .keyConditionExpression("bySource = :source")
                .filterExpression("#source.#object = :object AND #source.#version <> :kept")
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(Map.of(
                        ":source", AttributeValue.fromS(RowItem.bySource(partition, object)),
                        ":object", AttributeValue.fromS(object),
                        ":kept", AttributeValue.fromS(kept)));
        while (true) {
            beforeCall.run();
            QueryResponse page;
            try {
                page = dynamoDb.query(request.build());
            } catch (SdkException e) {
                failed(e);
                return false;
            }
            for (var item : page.items()) {
                if (!remove(new Item(item)) || isOver()) {
                    return false;
                }
            }
            if (!page.hasLastEvaluatedKey()) {
                return true;
            }
            if (isOver()) {
                return false;
            }
            request.exclusiveStartKey(page.lastEvaluatedKey());
        }
    }

    private void failed(SdkException e) {
        if (!failure.compareAndSet(null, e)) {
            Objects.requireNonNull(failure.get()).addSuppressed(e);
        }
    }

    private boolean isOver() {
        return !Instant.now().isBefore(backoff.deadline());
    }

    /** False if DynamoDB throttled it until the time was over, or refused it. */
    private boolean remove(Item item) {
        int failures = 0;
        do {
            beforeCall.run();
            try {
                delete(item);
                return true;
            } catch (ProvisionedThroughputExceededException | RequestLimitExceededException | ThrottlingException _) {
                failures++;
            } catch (SdkException e) {
                failed(e);
                return false;
            }
        } while (backoff.pause(failures));
        return false;
    }

    private void delete(Item item) {
        try {
            dynamoDb.deleteItem(request -> request.tableName(table)
                    .key(Map.of(
                            "pk", AttributeValue.fromS(item.text("pk")), "sk", AttributeValue.fromS(item.text("sk"))))
                    .conditionExpression("#source.#object = :object AND #source.#version = :version")
                    .expressionAttributeNames(NAMES)
                    .expressionAttributeValues(Map.of(
                            ":object", AttributeValue.fromS(object),
                            ":version",
                                    AttributeValue.fromS(
                                            item.map(RowItem.SOURCE).text(RowItem.VERSION)))));
            removed.incrementAndGet();
        } catch (ConditionalCheckFailedException _) {
            // Another object or a newer version has taken the row over, or it is gone already.
        }
    }
}
