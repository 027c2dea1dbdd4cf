package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The ledger table: one entry an object. */
public final class Ledger {

    /** The longest partition key that DynamoDB takes; an id of bucket and key is far below. */
    private static final int LONGEST_ID = 2048;

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
                var answer = aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                        .key(Map.of("id", AttributeValue.fromS(lease.id())))
                        .updateExpression("SET holder = :holder, leaseUntil = :until")
                        .conditionExpression("attribute_exists(id) AND"
                                + " (attribute_not_exists(leaseUntil) OR leaseUntil < :over OR holder = :holder)")
                        .expressionAttributeValues(Map.of(
                                ":holder", AttributeValue.fromS(lease.holder()),
                                ":until", LedgerItem.millis(lease.until()),
                                ":over", LedgerItem.millis(lease.takenOverBefore())))
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
                return new Claim.Taken(LedgerItem.entry(new Item(answer.attributes())));
            } catch (ConditionalCheckFailedException e) {
                if (e.hasItem()) {
                    return new Claim.Refused(lease.takeoverAfter(LedgerItem.leaseUntil(new Item(e.item()))));
                }
                if (create(fresh, lease)) {
                    return new Claim.Taken(fresh);
                }
            }
        }
    }

    private boolean create(LedgerEntry fresh, Lease lease) {
        try {
            aws.dynamoDb().putItem(request -> request.tableName(settings.table())
                    .item(LedgerItem.of(fresh, lease))
                    .conditionExpression("attribute_not_exists(id) OR holder = :holder")
                    .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(lease.holder()))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
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
            aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression(expression)
                    .conditionExpression("holder = :holder")
                    .expressionAttributeValues(all));
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
        write(LedgerItem.of(entry, lease), lease);
        lease.kept(entry);
    }

    /** Keeps an entry and gives the lease back. */
    void putAndRelease(LedgerEntry entry, Lease lease) {
        var item = LedgerItem.of(entry, lease);
        item.remove(LedgerItem.LEASE_UNTIL);
        write(item, lease);
    }

    /** The holder stays in the item, so that the SDK's second try of a put that took effect is no loss of the lease. */
    private void write(Map<String, AttributeValue> item, Lease lease) {
        try {
            aws.dynamoDb().putItem(request -> request.tableName(settings.table())
                    .item(item)
                    .conditionExpression("holder = :holder")
                    .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(lease.holder()))));
        } catch (ConditionalCheckFailedException _) {
            throw new Lease.LostException("was taken over by another reader");
        }
    }
}
