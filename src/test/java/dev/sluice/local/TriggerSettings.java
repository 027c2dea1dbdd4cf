package dev.sluice.local;

import java.time.Duration;

/**
 * How {@link LocalTriggers} invokes.
 *
 * @param batchSize most records of one stream invocation, 1 to 10,000
 *     (<a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">BatchSize</a>)
 * @param payloadBytes most bytes of one invocation
 *     (<a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quotas</a>)
 * @param reportBatchItemFailures whether replies are read
 * @param window how long a batch of the change feed is gathered
 *     (<a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">
 *     MaximumBatchingWindowInSeconds</a>); the rows table's stream is forwarded at once
 * @param queuePollers how many invocations by notices run at once, and how many by the work queue
 * @param idle how long a stream without new records is left alone
 * @param discovery how often a stream is asked for its shards
 * @param leastBackoff the first pause after a failure; it doubles from then on
 * @param mostBackoff the longest pause after a failure
 * @param timeout how long one invocation may take
 */
public record TriggerSettings(
        int batchSize,
        int payloadBytes,
        boolean reportBatchItemFailures,
        Duration window,
        int queuePollers,
        Duration idle,
        Duration discovery,
        Duration leastBackoff,
        Duration mostBackoff,
        Duration timeout) {

    private static final int MOST_RECORDS = 10_000;

    public static final TriggerSettings DEFAULT = new TriggerSettings(
            1_000,
            6 * 1024 * 1024,
            true,
            Duration.ofSeconds(1),
            2,
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMinutes(15));

    public TriggerSettings {
        if (batchSize < 1 || batchSize > MOST_RECORDS) {
            throw new IllegalArgumentException("batchSize must be from 1 to " + MOST_RECORDS + ", not " + batchSize);
        }
    }

    /** The same with a batch size and without long pauses, for tests. */
    TriggerSettings quick(int records) {
        var moment = Duration.ofMillis(10);
        return new TriggerSettings(
                records,
                payloadBytes,
                reportBatchItemFailures,
                Duration.ZERO,
                queuePollers,
                moment,
                moment,
                moment,
                moment,
                timeout);
    }

    TriggerSettings withPayloadBytes(int bytes) {
        return new TriggerSettings(
                batchSize,
                bytes,
                reportBatchItemFailures,
                window,
                queuePollers,
                idle,
                discovery,
                leastBackoff,
                mostBackoff,
                timeout);
    }

    TriggerSettings withoutBatchItemFailures() {
        return new TriggerSettings(
                batchSize,
                payloadBytes,
                false,
                window,
                queuePollers,
                idle,
                discovery,
                leastBackoff,
                mostBackoff,
                timeout);
    }
}
