package dev.sluice.local;

import java.time.Duration;

/**
 * The settings of one stream's event source mapping, by their names in Lambda's API.
 *
 * @param batchSize most records of one invocation, 1 to 10,000
 * @param window how long a batch is gathered, 0 to 300 s
 * @param parallelizationFactor how many batches of a shard are on their way at once, 1 to 10
 * @param maximumRetryAttempts how often a batch is tried again, to 10,000; -1 without end
 * @param maximumRecordAge the oldest record that is handed over, 60 s to 7 days; -1 s without end
 * @param bisectBatchOnFunctionError whether a batch that fails is split
 * @param reportBatchItemFailures whether replies are read
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">CreateEventSourceMapping</a>
 */
public record StreamRules(
        int batchSize,
        Duration window,
        int parallelizationFactor,
        int maximumRetryAttempts,
        Duration maximumRecordAge,
        boolean bisectBatchOnFunctionError,
        boolean reportBatchItemFailures) {

    static final int MOST_RECORDS = 10_000;
    static final int ENDLESS = -1;

    public StreamRules {
        within("batchSize", batchSize, 1, MOST_RECORDS);
        within("window", window.toSeconds(), 0, 300);
        within("parallelizationFactor", parallelizationFactor, 1, 10);
        within("maximumRetryAttempts", maximumRetryAttempts, ENDLESS, 10_000);
        if (maximumRecordAge.toSeconds() != ENDLESS) {
            within("maximumRecordAge", maximumRecordAge.toSeconds(), 60, 604_800);
        }
    }

    /** Whether a batch that has failed so often is given up. */
    boolean givesUpAfter(int failures) {
        return maximumRetryAttempts != ENDLESS && failures > maximumRetryAttempts;
    }

    boolean isTooOld(Duration age) {
        return maximumRecordAge.toSeconds() != ENDLESS && age.compareTo(maximumRecordAge) > 0;
    }

    StreamRules withBatchSize(int records) {
        return new StreamRules(
                records,
                window,
                parallelizationFactor,
                maximumRetryAttempts,
                maximumRecordAge,
                bisectBatchOnFunctionError,
                reportBatchItemFailures);
    }

    StreamRules withWindow(Duration time) {
        return new StreamRules(
                batchSize,
                time,
                parallelizationFactor,
                maximumRetryAttempts,
                maximumRecordAge,
                bisectBatchOnFunctionError,
                reportBatchItemFailures);
    }

    StreamRules withFactor(int factor) {
        return new StreamRules(
                batchSize,
                window,
                factor,
                maximumRetryAttempts,
                maximumRecordAge,
                bisectBatchOnFunctionError,
                reportBatchItemFailures);
    }

    StreamRules withLimits(int retries, Duration age) {
        return new StreamRules(
                batchSize,
                window,
                parallelizationFactor,
                retries,
                age,
                bisectBatchOnFunctionError,
                reportBatchItemFailures);
    }

    StreamRules withReplies(boolean bisect, boolean report) {
        return new StreamRules(
                batchSize, window, parallelizationFactor, maximumRetryAttempts, maximumRecordAge, bisect, report);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be from %d to %d, not %d".formatted(name, least, most, value));
        }
    }
}
