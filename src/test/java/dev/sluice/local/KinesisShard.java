package dev.sluice.local;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A range of hash keys with its records in order; closed once it has been split or merged. */
final class KinesisShard {

    /** A page of records; {@code next} is absent where a closed shard ends. */
    record Page(List<KinesisRecord> records, @Nullable Long next, long millisBehind) {}

    private static final long OPEN = -1;

    final String id;
    final BigInteger from;
    final BigInteger to;
    final List<String> parents;
    final long starting;

    private final ConcurrentSkipListMap<Long, KinesisRecord> records = new ConcurrentSkipListMap<>();
    private final KinesisLimits limits;
    private final KinesisRate byteRate;
    private final KinesisRate recordRate;
    private volatile long ending = OPEN;

    KinesisShard(
            String id,
            BigInteger from,
            BigInteger to,
            List<String> parents,
            long starting,
            KinesisLimits limits,
            LongSupplier nanoTime) {
        this.id = id;
        this.from = from;
        this.to = to;
        this.parents = parents;
        this.starting = starting;
        this.limits = limits;
        this.byteRate = new KinesisRate(limits.shardBytesPerSecond(), nanoTime);
        this.recordRate = new KinesisRate(limits.shardRecordsPerSecond(), nanoTime);
    }

    boolean isOpen() {
        return ending == OPEN;
    }

    long ending() {
        return ending;
    }

    void close(long at) {
        ending = at;
    }

    boolean covers(BigInteger hash) {
        return from.compareTo(hash) <= 0 && hash.compareTo(to) <= 0;
    }

    boolean takes(int bytes) {
        if (!limits.rateLimited()) {
            return true;
        }
        if (!recordRate.has(1) || !byteRate.has(bytes)) {
            return false;
        }
        recordRate.take(1);
        byteRate.take(bytes);
        return true;
    }

    void add(KinesisRecord item) {
        records.put(item.sequence(), item);
    }

    @Nullable
    KinesisRecord oldest() {
        var first = records.firstEntry();
        return first == null ? null : first.getValue();
    }

    void dropOldest() {
        records.pollFirstEntry();
    }

    /** The position of the first record that arrived at this time or later. */
    long positionAt(Instant time) {
        return records.values().stream()
                .filter(each -> !each.arrival().isBefore(time))
                .mapToLong(KinesisRecord::sequence)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    Page read(long position, int limit, Clock clock) {
        // Asked before the records are, so that none is added after what we take for the end.
        var end = ending;
        var page = new ArrayList<KinesisRecord>();
        var bytes = 0L;
        var rest = false;
        for (Map.Entry<Long, KinesisRecord> each :
                records.tailMap(position, true).entrySet()) {
            bytes += each.getValue().size();
            if (page.size() == limit || (bytes > limits.getBytes() && !page.isEmpty())) {
                rest = true;
                break;
            }
            page.add(each.getValue());
        }
        if (!rest && end != OPEN) {
            return new Page(page, null, 0);
        }
        var next = page.isEmpty() ? position : page.getLast().sequence() + 1;
        var behind =
                rest ? Math.max(1, clock.millis() - page.getLast().arrival().toEpochMilli()) : 0;
        return new Page(page, next, behind);
    }
}
