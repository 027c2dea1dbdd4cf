package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.lane.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Writes of items that a transaction may be at. Of two that meet DynamoDB refuses one, and the SDK does not try it again.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Amazon DynamoDB
 *     Transactions: How it works, "Transaction conflict handling"</a>
 */
final class LedgerWrites {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final String FAILED_CONDITION = "ConditionalCheckFailed";

    /** Of a transaction that can succeed later as it is. */
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private LedgerWrites() {}

    /** Makes the call, and makes it again as long as it meets others and the time of one call is not over. */
    static <T> T write(AwsClients aws, Supplier<T> call) {
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, Instant.now().plus(aws.callTimeout()));
        for (int failures = 1; true; failures++) {
            try {
                return call.get();
            } catch (TransactionConflictException | TransactionCanceledException e) {
                if (!isPassing(e) || !backoff.pause(failures)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isPassing(DynamoDbException e) {
        return !(e instanceof TransactionCanceledException canceled)
                || (!hasFailedCondition(canceled) && PASSING.stream().anyMatch(reasons(canceled)::contains));
    }

    /** Whether a condition did not hold, whatever else there was. */
    static boolean hasFailedCondition(TransactionCanceledException e) {
        return reasons(e).contains(FAILED_CONDITION);
    }

    private static Set<String> reasons(TransactionCanceledException e) {
        return e.cancellationReasons().stream().map(CancellationReason::code).collect(Collectors.toSet());
    }
}
