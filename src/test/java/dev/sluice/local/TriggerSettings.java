package dev.sluice.local;

import java.time.Duration;

/**
 * How {@link LocalTriggers} invokes. What serverless.yml says too is the same there, which a test sees to.
 *
 * @param rows of the rows table's stream
 * @param changes of the change feed's stream
 * @param workBatchSize most messages of the work queue in one invocation
 * @param noticeRetries how often a notice that failed is tried again
 * @param timeout how long one invocation may take
 * @param payloadBytes most bytes of one invocation
 *     (<a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>)
 * @param queuePollers how many invocations by notices run at once, and how many by the work queue
 * @param idle how long a stream without new records is left alone
 * @param discovery how often a stream is asked for its shards
 * @param retryPause how long what a queue brought and what failed waits for its second try; it doubles from then on
 *     (<a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How Lambda handles errors
 *     and retries with asynchronous invocation</a>: one minute, then two)
 * @param leastBackoff the first pause after a failure; it doubles from then on
 * @param mostBackoff the longest pause after a failure
 */
public record TriggerSettings(
        StreamRules rows,
        StreamRules changes,
        int workBatchSize,
        int noticeRetries,
        Duration timeout,
        int payloadBytes,
        int queuePollers,
        Duration idle,
        Duration discovery,
        Duration retryPause,
        Duration leastBackoff,
        Duration mostBackoff) {

    /** Leaves two hours to fetch a record from its stream of 24 hours, once it has been given up. */
    private static final Duration OLDEST = Duration.ofHours(22);

    public static final TriggerSettings DEFAULT = new TriggerSettings(
            new StreamRules(1_000, Duration.ZERO, 1, StreamRules.ENDLESS, OLDEST, true, true),
            new StreamRules(500, Duration.ofSeconds(1), 1, StreamRules.ENDLESS, OLDEST, true, true),
            1,
            2,
            Duration.ofMinutes(5),
            6 * 1024 * 1024,
            2,
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(5));

    /** The same with these batch sizes and without long pauses, for tests. */
    TriggerSettings quick(int records, int messages) {
        var moment = Duration.ofMillis(10);
        return new TriggerSettings(
                rows.withBatchSize(records),
                changes.withBatchSize(records).withWindow(Duration.ZERO),
                messages,
                noticeRetries,
                timeout,
                payloadBytes,
                queuePollers,
                moment,
                moment,
                moment,
                moment,
                moment);
    }

    /** The same with another first pause of what a queue brought. */
    public TriggerSettings withRetryPause(Duration pause) {
        return new TriggerSettings(
                rows,
                changes,
                workBatchSize,
                noticeRetries,
                timeout,
                payloadBytes,
                queuePollers,
                idle,
                discovery,
                pause,
                leastBackoff,
                mostBackoff);
    }

    TriggerSettings withoutRetries() {
        return new TriggerSettings(
                rows.withLimits(0, OLDEST),
                changes.withLimits(0, OLDEST),
                workBatchSize,
                noticeRetries,
                timeout,
                payloadBytes,
                queuePollers,
                idle,
                discovery,
                retryPause,
                leastBackoff,
                mostBackoff);
    }

    TriggerSettings with(Duration newTimeout, int newPayloadBytes) {
        return new TriggerSettings(
                rows,
                changes,
                workBatchSize,
                noticeRetries,
                newTimeout,
                newPayloadBytes,
                queuePollers,
                idle,
                discovery,
                retryPause,
                leastBackoff,
                mostBackoff);
    }
}
