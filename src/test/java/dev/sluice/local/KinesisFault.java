package dev.sluice.local;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that {@link LocalKinesis} does wrong on purpose: to the next {@code times} requests or records, each with
 * {@code probability}. Its JSON form, for {@code POST /_faults}, has the same names:
 * {@code {"kind":"THROTTLE_RECORDS","times":3,"probability":0.5,"seed":7,"partitionKey":"a","operation":"PutRecords",
 * "error":"InternalFailure","millis":200}}; only {@code kind} is needed.
 *
 * @param times how often it strikes; absent = until the faults are cleared
 * @param probability of striking at all
 * @param seed makes the strikes repeatable
 * @param partitionKey only records of this key; absent = every record
 * @param operation only requests of this operation
 * @param error what a failed request is answered with
 * @param millis how long a delay or a hang takes
 */
public record KinesisFault(
        Kind kind,
        @Nullable Integer times,
        @Nullable Double probability,
        @Nullable Long seed,
        @Nullable String partitionKey,
        @Nullable String operation,
        @Nullable String error,
        @Nullable Long millis) {

    public enum Kind {
        /** Single records are refused with ProvisionedThroughputExceededException. */
        THROTTLE_RECORDS,
        /** Single records are refused with InternalFailure. */
        FAIL_RECORDS,
        /** Whole requests are refused. */
        FAIL_REQUESTS,
        /** Requests are answered late. */
        DELAY_REQUESTS,
        /** Requests are carried out, but their answer never comes. */
        LOSE_REPLIES
    }

    public KinesisFault {
        Objects.requireNonNull(kind, "kind");
    }

    public static KinesisFault throttleRecords() {
        return new KinesisFault(Kind.THROTTLE_RECORDS, null, null, null, null, null, null, null);
    }

    public static KinesisFault failRecords() {
        return new KinesisFault(Kind.FAIL_RECORDS, null, null, null, null, null, null, null);
    }

    public static KinesisFault failRequests(String operation, String error) {
        return new KinesisFault(Kind.FAIL_REQUESTS, null, null, null, null, operation, error, null);
    }

    public static KinesisFault delayRequests(String operation, Duration delay) {
        return new KinesisFault(Kind.DELAY_REQUESTS, null, null, null, null, operation, null, delay.toMillis());
    }

    /** The connection is closed without an answer after {@code hang}. */
    public static KinesisFault loseReplies(String operation, Duration hang) {
        return new KinesisFault(Kind.LOSE_REPLIES, null, null, null, null, operation, null, hang.toMillis());
    }

    public KinesisFault times(int count) {
        return new KinesisFault(kind, count, probability, seed, partitionKey, operation, error, millis);
    }

    public KinesisFault withProbability(double share, long randomSeed) {
        return new KinesisFault(kind, times, share, randomSeed, partitionKey, operation, error, millis);
    }

    public KinesisFault ofKey(String key) {
        return new KinesisFault(kind, times, probability, seed, key, operation, error, millis);
    }
}
