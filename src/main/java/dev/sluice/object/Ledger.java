package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The ledger table: one entry an object, which is counted by its feed and state in the transaction that changes these. */
public final class Ledger {

    /** The longest partition key that DynamoDB takes; an id of bucket and key is far below. */
    private static final int LONGEST_ID = 2048;

    private static final String IS_HOLDER = "holder = :holder";

    private final AwsClients aws;
    private final LedgerSettings settings;

    Ledger(AwsClients aws, LedgerSettings settings) {
        this.aws = aws;
        this.settings = settings;
    }

    /** The entry of that id. */
    public Optional<LedgerEntry> find(String id) {
        if (id.length() > LONGEST_ID) {
            return Optional.empty();
        }
        var item = aws.dynamoDb().getItem(request -> request.tableName(settings.table())
                .key(Map.of("id", AttributeValue.fromS(id)))
                .consistentRead(true));
        return LedgerItem.isObject(item.item())
                ? Optional.of(LedgerItem.entry(new Item(item.item())))
                : Optional.empty();
    }

    /** What a reader that wants an object's lease gets. */
    sealed interface Claim {

        /** The lease, and the entry as it stands. */
        record Taken(LedgerEntry entry) implements Claim {}

        /** Nothing: another reader has it, and nobody else can before that moment. */
        record Refused(Instant until) implements Claim {}
    }

    /**
     * Takes the lease of an object.
     *
     * @param fresh the entry to begin with if there is none
     */
    Claim claim(LedgerEntry fresh, Lease lease) {
        while (true) {
            try {
                var answer = LedgerWrites.write(aws, () -> aws.dynamoDb().updateItem(request -> request.tableName(
                                settings.table())
                        .key(Map.of("id", AttributeValue.fromS(lease.id())))
                        .updateExpression("SET holder = :holder, leaseUntil = :until")
                        .conditionExpression("attribute_exists(id) AND"
                                + " (attribute_not_exists(leaseUntil) OR leaseUntil < :over OR holder = :holder)")
                        .expressionAttributeValues(Map.of(
                                ":holder", AttributeValue.fromS(lease.holder()),
                                ":until", LedgerItem.millis(lease.until()),
                                ":over", LedgerItem.millis(lease.takenOverBefore())))
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
                return taken(LedgerItem.entry(new Item(answer.attributes())), lease);
            } catch (ConditionalCheckFailedException e) {
                if (e.hasItem()) {
                    return new Claim.Refused(lease.takeoverAfter(LedgerItem.leaseUntil(new Item(e.item()))));
                }
                if (create(LedgerItem.of(fresh, lease), fresh)) {
                    return taken(fresh, lease);
                }
            }
        }
    }

    private static Claim taken(LedgerEntry entry, Lease lease) {
        lease.kept(entry);
        return new Claim.Taken(entry);
    }

    /** Begins the entry of an object that nobody reads yet. False if it has one. */
    boolean begin(LedgerEntry fresh) {
        return create(LedgerItem.of(fresh), fresh);
    }

    private boolean create(Map<String, AttributeValue> item, LedgerEntry fresh) {
        return put(
                Put.builder().item(item).conditionExpression("attribute_not_exists(id)"),
                Optional.empty(),
                Tally.of(fresh));
    }

    /** Makes a lease last until then. False if another reader has taken it over. */
    boolean renew(String id, String holder, Instant until) {
        return update(id, holder, "SET leaseUntil = :until", Map.of(":until", LedgerItem.millis(until)));
    }

    /** Gives the lease back and leaves the entry as it is. */
    void release(Lease lease) {
        update(lease.id(), lease.holder(), "REMOVE leaseUntil", Map.of());
    }

    private boolean update(String id, String holder, String expression, Map<String, AttributeValue> values) {
        var all = new HashMap<>(values);
        all.put(":holder", AttributeValue.fromS(holder));
        try {
            LedgerWrites.write(aws, () -> aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression(expression)
                    .conditionExpression(IS_HOLDER)
                    .expressionAttributeValues(all)));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /**
     * Keeps an entry and the lease with it.
     *
     * @throws Lease.LostException if it is not this reader's any more
     */
    void put(LedgerEntry entry, Lease lease) {
        lease.keep();
        write(LedgerItem.of(entry, lease), entry, lease);
        lease.kept(entry);
    }

    /** Keeps an entry and gives the lease back. */
    void putAndRelease(LedgerEntry entry, Lease lease) {
        var item = LedgerItem.of(entry, lease);
        item.remove(LedgerItem.LEASE_UNTIL);
        write(item, entry, lease);
    }

    private void write(Map<String, AttributeValue> item, LedgerEntry entry, Lease lease) {
        LedgerEntry before = lease.kept();
        Optional<Tally> from = Tally.of(before);
        Optional<Tally> to = Tally.of(entry);
        // A try that takes effect when it was given up long ago finds something else: it brings nothing back, and takes
        // nothing from a tally that does not stand there.
        var values = new HashMap<>(Map.of(
                ":holder", AttributeValue.fromS(lease.holder()),
                ":feed", AttributeValue.fromS(before.feed()),
                ":state", AttributeValue.fromS(before.state().word())));
        String condition = IS_HOLDER + " AND feed = :feed AND #state = :state";
        if (from.equals(to)) {
            // The holder stays in the item, so that the SDK's second try of a put that took effect is no loss of the
            // lease.
            condition = IS_HOLDER + " AND feed IN (:feed, :newFeed) AND #state IN (:state, :newState)";
            values.put(":newFeed", AttributeValue.fromS(entry.feed()));
            values.put(":newState", AttributeValue.fromS(entry.state().word()));
        }
        var put = Put.builder()
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of("#state", "state"))
                .expressionAttributeValues(values);
        if (!put(put, from, to)) {
            throw new Lease.LostException("was taken over by another reader");
        }
    }

    /** Puts an entry, and counts it where it stands now instead of where it stood. False if the condition does not hold. */
    private boolean put(Put.Builder unnamed, Optional<Tally> from, Optional<Tally> to) {
        Put put = unnamed.tableName(settings.table()).build();
        try {
            LedgerWrites.write(aws, () -> from.equals(to) ? putAlone(put) : putCounted(put, from, to));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (TransactionCanceledException e) {
            if (LedgerWrites.hasFailedCondition(e)) {
                return false;
            }
            throw e;
        }
    }

    private DynamoDbResponse putAlone(Put put) {
        return aws.dynamoDb().putItem(request -> request.tableName(put.tableName())
                .item(put.item())
                .conditionExpression(put.conditionExpression())
                .expressionAttributeNames(put.expressionAttributeNames())
                .expressionAttributeValues(put.expressionAttributeValues()));
    }

    /** The SDK gives each call a token, so that of all its tries one takes effect. */
    private DynamoDbResponse putCounted(Put put, Optional<Tally> from, Optional<Tally> to) {
        Stream<TransactWriteItem> counting = Tally.move(from, to).map(update -> TransactWriteItem.builder()
                .update(update.tableName(put.tableName()).build())
                .build());
        return aws.dynamoDb()
                .transactWriteItems(request -> request.transactItems(Stream.concat(
                                Stream.of(TransactWriteItem.builder().put(put).build()), counting)
                        .toList()));
    }
}
