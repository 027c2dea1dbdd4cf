package dev.sluice.live;

import dev.sluice.aws.AwsClients;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The connections table: one item a connection, with its filter. */
final class Connections {

    /**
     * How long API Gateway leaves a connection open at most.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
     *     for configuring and running a WebSocket API in API Gateway</a>
     */
    private static final Duration LONGEST = Duration.ofHours(2);

    private final AwsClients aws;
    private final ConnectionSettings settings;

    Connections(AwsClients aws, ConnectionSettings settings) {
        this.aws = aws;
        this.settings = settings;
    }

    /** Keeps a connection until it can be none any more (the table's TTL attribute, in seconds). */
    void add(String id, Instant connectedAt) {
        long expires = connectedAt.plus(LONGEST).getEpochSecond();
        var item = new HashMap<>(key(id));
        item.put("expires", AttributeValue.fromN(Long.toString(expires)));
        aws.dynamoDb().putItem(put -> put.tableName(settings.table()).item(item));
    }

    void remove(String id) {
        aws.dynamoDb().deleteItem(delete -> delete.tableName(settings.table()).key(key(id)));
    }

    /** Sets what a connection wants to see. False if there is no such connection. */
    boolean filter(String id, Filter filter) {
        var attributes = new HashMap<String, AttributeValue>();
        filter.feed().ifPresent(feed -> attributes.put("feed", AttributeValue.fromS(feed)));
        filter.key().ifPresent(key -> attributes.put("key", AttributeValue.fromS(key)));
        try {
            aws.dynamoDb().updateItem(update -> update.tableName(settings.table())
                    .key(key(id))
                    .updateExpression("SET #filter = :filter")
                    .conditionExpression("attribute_exists(id)")
                    // DynamoDB has reserved the word.
                    .expressionAttributeNames(Map.of("#filter", "filter"))
                    .expressionAttributeValues(Map.of(":filter", AttributeValue.fromM(attributes))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }
}
