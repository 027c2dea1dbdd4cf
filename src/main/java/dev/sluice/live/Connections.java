package dev.sluice.live;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The connections table: one item a connection, with its filter. */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

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

    /** Removes one that was found to be closed. If that fails, it is found to be closed again. */
    void forget(String id) {
        try {
            remove(id);
        } catch (SdkException e) {
            LOG.warn(
                    "A connection that is closed could not be removed: {}",
                    e.getClass().getSimpleName());
        }
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

    /**
     * Takes the turn to send a connection its next message, so that several processes together keep the pace. While the table cannot be asked nobody does.
     *
     * @return when to ask again if it was not taken
     * @see Turns
     */
    Optional<Instant> takeTurn(String id, Instant now) {
        try {
            aws.dynamoDb().updateItem(update -> update.tableName(settings.table())
                    .key(key(id))
                    .updateExpression("SET told = :now")
                    .conditionExpression("attribute_exists(id) AND (attribute_not_exists(told) OR told <= :before)")
                    .expressionAttributeValues(Map.of(":now", millis(now), ":before", millis(now.minus(Turns.APART))))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            Instant told = new Item(e.item())
                    .find("told")
                    .map(at -> Instant.ofEpochMilli(Long.parseLong(at.n())))
                    .orElse(now);
            return Optional.of(told.plus(Turns.APART));
        } catch (SdkException e) {
            LOG.debug("Whose turn it is could not be asked: {}", e.getClass().getSimpleName());
            return Optional.of(now.plus(Turns.APART));
        }
    }

    private static AttributeValue millis(Instant at) {
        return AttributeValue.fromN(Long.toString(at.toEpochMilli()));
    }

    /** Those that can be open now. */
    List<Connection> open(Instant now) {
        return aws
                .dynamoDb()
                .scanPaginator(scan -> scan.tableName(settings.table()).consistentRead(true))
                .items()
                .stream()
                .map(Item::new)
                .filter(item -> !Tickets.isTicket(item.text("id")) && item.number("expires") > now.getEpochSecond())
                .map(Connections::connection)
                .toList();
    }

    private static Connection connection(Item item) {
        Instant connectedAt = Instant.ofEpochSecond(item.number("expires")).minus(LONGEST);
        var filter = new Item(item.find("filter").map(AttributeValue::m).orElse(Map.of()));
        return new Connection(
                item.text("id"),
                connectedAt,
                new Filter(
                        filter.find("feed").map(AttributeValue::s),
                        filter.find("key").map(AttributeValue::s)));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }
}
