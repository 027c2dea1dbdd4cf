package dev.sluice.row;

import dev.sluice.aws.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Writes full batches, whatever stands in the table. */
record BatchPuts(DynamoDbClient dynamoDb, String table) implements RowPuts {

    /** The most items of one request: Amazon DynamoDB API Reference, BatchWriteItem. */
    private static final int BATCH = 25;

    @Override
    public int most() {
        return BATCH;
    }

    @Override
    public Set<RowKey> send(List<RowItem> rows) {
        var puts = rows.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(item.attributes()).build())
                        .build())
                .toList();
        try {
            var response = dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(table, puts)));
            return response.unprocessedItems().getOrDefault(table, List.of()).stream()
                    .map(put -> key(new Item(put.putRequest().item())))
                    .collect(Collectors.toSet());
        } catch (ProvisionedThroughputExceededException | RequestLimitExceededException | ThrottlingException _) {
            return rows.stream().map(RowItem::key).collect(Collectors.toSet());
        }
    }

    private static RowKey key(Item item) {
        return new RowKey(Partitions.feed(item.text("pk")), item.text("sk"));
    }
}
