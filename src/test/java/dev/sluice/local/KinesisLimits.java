package dev.sluice.local;

import java.time.Duration;

/**
 * The limits that {@link LocalKinesis} enforces, with the defaults of
 * <a href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">Quotas and limits</a>,
 * <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a> and
 * <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html">GetRecords</a>.
 *
 * @param putRecords most records of one PutRecords request
 * @param putBytes most bytes of one PutRecords request, data and partition keys
 * @param recordBytes most bytes of one record, data and partition key; a stream can be raised to 10 MiB
 * @param partitionKeyCharacters most characters of a partition key; there must be one at least
 * @param shardBytesPerSecond what one shard takes a second, data and partition keys
 * @param shardRecordsPerSecond what one shard takes a second
 * @param rateLimited whether the two rates are enforced
 * @param getRecords most records of one GetRecords reply
 * @param getBytes most bytes of one GetRecords reply
 * @param iteratorAge how long a shard iterator can be used
 * @param retainedBytes what a stream keeps before it drops its oldest records; Kinesis keeps by time instead
 */
public record KinesisLimits(
        int putRecords,
        int putBytes,
        int recordBytes,
        int partitionKeyCharacters,
        int shardBytesPerSecond,
        int shardRecordsPerSecond,
        boolean rateLimited,
        int getRecords,
        int getBytes,
        Duration iteratorAge,
        long retainedBytes) {

    private static final int MIB = 1024 * 1024;

    public static final KinesisLimits DOCUMENTED = new KinesisLimits(
            500, 10 * MIB, MIB, 256, MIB, 1_000, true, 10_000, 10 * MIB, Duration.ofMinutes(5), 128L * MIB);

    /** The same limits with no rate: for tests that count records and not seconds. */
    public KinesisLimits withoutRate() {
        return new KinesisLimits(
                putRecords,
                putBytes,
                recordBytes,
                partitionKeyCharacters,
                shardBytesPerSecond,
                shardRecordsPerSecond,
                false,
                getRecords,
                getBytes,
                iteratorAge,
                retainedBytes);
    }
}
