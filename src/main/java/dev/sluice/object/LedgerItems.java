package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Many items of the ledger table at once. */
final class LedgerItems {

    /** Most keys of one request (Amazon DynamoDB API Reference, BatchGetItem). */
    private static final int BATCH = 100;

    private LedgerItems() {}

    /** Those that are there, as they are now, in no order. */
    static List<Item> find(AwsClients aws, LedgerSettings settings, List<String> ids) {
        return ids.stream()
                .gather(Gatherers.windowFixed(BATCH))
                .flatMap(batch -> batch(aws, settings.table(), batch))
                .toList();
    }

    private static Stream<Item> batch(AwsClients aws, String table, List<String> ids) {
        var keys = KeysAndAttributes.builder()
                .keys(ids.stream()
                        .map(id -> Map.of("id", AttributeValue.fromS(id)))
                        .toList())
                .consistentRead(true)
                .build();
        var request =
                BatchGetItemRequest.builder().requestItems(Map.of(table, keys)).build();
        // The paginator asks for unprocessed keys until there are none.
        return aws.dynamoDb().batchGetItemPaginator(request).stream()
                .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
                .map(Item::new);
    }
}
