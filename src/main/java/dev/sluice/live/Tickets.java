package dev.sluice.live;

import dev.sluice.aws.AwsClients;
import dev.sluice.value.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Tickets to connect, each good for one connection. A browser can give a WebSocket no header, and what stands in an address
 * gets into logs: so it is no token, but something that is worthless by then. The connections table holds the hash of each, so
 * whoever can read the table can connect as nobody.
 */
public final class Tickets {

    private static final Duration VALID = Duration.ofSeconds(30);
    private static final int RANDOM_BYTES = 32;

    /** No connection's id of API Gateway's has a colon. */
    private static final String PREFIX = "ticket:";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final AwsClients aws;
    private final ConnectionSettings table;
    private final LiveSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Tickets(AwsClients aws, ConnectionSettings table, LiveSettings settings, Clock clock) {
        this.aws = aws;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
    }

    /** A new ticket for whoever asks; the caller has seen to it that they may. */
    public LiveTicket issue() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String ticket = BASE64.encodeToString(bytes);
        // The table's TTL attribute is in seconds.
        Instant expires = clock.instant().plus(VALID).truncatedTo(ChronoUnit.SECONDS);
        aws.dynamoDb().putItem(put -> put.tableName(table.table())
                .item(Map.of("id", AttributeValue.fromS(id(ticket)), "expires", seconds(expires))));
        return new LiveTicket(ticket, expires, url());
    }

    /** Where clients connect, if it is not {@code /live} of the host that answers. */
    public Optional<String> url() {
        return Optional.of(settings.url()).filter(url -> !url.isEmpty());
    }

    /** Takes a ticket away from whoever brings it. False if there is none such, or not any more. */
    boolean take(String ticket) {
        if (ticket.isEmpty()) {
            return false;
        }
        try {
            // One request, so of two at the same time one gets it. DynamoDB removes what has expired days later.
            aws.dynamoDb().deleteItem(delete -> delete.tableName(table.table())
                    .key(Map.of("id", AttributeValue.fromS(id(ticket))))
                    .conditionExpression("expires > :now")
                    .expressionAttributeValues(Map.of(":now", seconds(clock.instant()))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Whether an item of the connections table is a ticket. */
    static boolean isTicket(String id) {
        return id.startsWith(PREFIX);
    }

    private static String id(String ticket) {
        return PREFIX + BASE64.encodeToString(Sha256.of(ticket));
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }
}
