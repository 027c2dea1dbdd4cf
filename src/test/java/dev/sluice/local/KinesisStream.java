package dev.sluice.local;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A stream: its shards, and which of them a record goes to. */
final class KinesisStream {

    /** Where a record was put. */
    record Place(String shard, long sequence) {}

    private static final BigInteger HASHES = BigInteger.TWO.pow(128);
    private static final String ACCOUNT = "000000000000";

    final String name;
    final Instant created;

    private final List<KinesisShard> shards = new ArrayList<>();
    private final KinesisLimits limits;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private long sequence;
    private long bytes;
    private boolean dropped;

    KinesisStream(String name, int shardCount, KinesisLimits limits, Clock clock, LongSupplier nanoTime) {
        this.name = name;
        this.created = clock.instant();
        this.limits = limits;
        this.clock = clock;
        this.nanoTime = nanoTime;
        var count = BigInteger.valueOf(shardCount);
        for (var i = 0; i < shardCount; i++) {
            addShard(
                    HASHES.multiply(BigInteger.valueOf(i)).divide(count),
                    HASHES.multiply(BigInteger.valueOf(i + 1L)).divide(count).subtract(BigInteger.ONE),
                    List.of());
        }
    }

    String arn() {
        return "arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/" + name;
    }

    synchronized List<KinesisShard> shards() {
        return List.copyOf(shards);
    }

    KinesisShard shard(String id) {
        return shards().stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .orElseThrow(() -> KinesisError.notFound(
                        "Shard " + id + " in stream " + name + " under account " + ACCOUNT + " does not exist"));
    }

    List<KinesisShard> childrenOf(KinesisShard parent) {
        return shards().stream()
                .filter(each -> each.parents.contains(parent.id))
                .toList();
    }

    /** The position after the last record. */
    synchronized long latest() {
        return sequence + 1;
    }

    /** Puts a record; throws where the shard has had enough for this second. */
    synchronized Place put(String partitionKey, @Nullable String explicitHash, byte[] data) {
        var hash = explicitHash == null ? hash(partitionKey) : explicit(explicitHash);
        var shard = shards.stream()
                .filter(KinesisShard::isOpen)
                .filter(each -> each.covers(hash))
                .findFirst()
                .orElseThrow(() -> KinesisError.invalid("ExplicitHashKey is out of range"));
        var size = KinesisRecord.size(partitionKey, data);
        if (!shard.takes(size)) {
            throw new KinesisError(
                    KinesisError.THROTTLED,
                    "Rate exceeded for shard " + shard.id + " in stream " + name + " under account " + ACCOUNT + ".");
        }
        sequence++;
        shard.add(new KinesisRecord(sequence, clock.instant(), partitionKey, data));
        bytes += size;
        dropOldest();
        return new Place(shard.id, sequence);
    }

    synchronized void split(String id, String newStartingHash) {
        var parent = open(id);
        var middle = explicit(newStartingHash);
        if (middle.compareTo(parent.from) <= 0 || middle.compareTo(parent.to) > 0) {
            throw KinesisError.invalid("NewStartingHashKey " + middle + " is not inside shard " + id);
        }
        parent.close(++sequence);
        addShard(parent.from, middle.subtract(BigInteger.ONE), List.of(id));
        addShard(middle, parent.to, List.of(id));
    }

    synchronized void merge(String id, String adjacentId) {
        var first = open(id);
        var second = open(adjacentId);
        if (!first.to.add(BigInteger.ONE).equals(second.from)
                && !second.to.add(BigInteger.ONE).equals(first.from)) {
            throw KinesisError.invalid("Shards " + id + " and " + adjacentId + " are not adjacent");
        }
        sequence++;
        first.close(sequence);
        second.close(sequence);
        addShard(first.from.min(second.from), first.to.max(second.to), List.of(id, adjacentId));
    }

    private KinesisShard open(String id) {
        var shard = shard(id);
        if (!shard.isOpen()) {
            throw KinesisError.invalid("Shard " + id + " in stream " + name + " is closed");
        }
        return shard;
    }

    private void addShard(BigInteger from, BigInteger to, List<String> parents) {
        var id = String.format(Locale.ROOT, "shardId-%012d", shards.size());
        shards.add(new KinesisShard(id, from, to, parents, sequence + 1, limits, nanoTime));
    }

    private void dropOldest() {
        while (bytes > limits.retainedBytes()) {
            var shard = shards.stream()
                    .filter(each -> each.oldest() != null)
                    .min(Comparator.comparingLong(
                            each -> Objects.requireNonNull(each.oldest()).sequence()))
                    .orElseThrow();
            bytes -= Objects.requireNonNull(shard.oldest()).size();
            shard.dropOldest();
            if (!dropped) {
                dropped = true;
                Lifeline.note("stream " + name + " is full: it drops its oldest records from now on");
            }
        }
    }

    private static BigInteger hash(String partitionKey) {
        try {
            var digest = MessageDigest.getInstance("MD5");
            return new BigInteger(1, digest.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger explicit(String text) {
        if (!text.matches("0|[1-9]\\d{0,38}") || new BigInteger(text).compareTo(HASHES) >= 0) {
            throw KinesisError.invalid("Hash key " + text + " must be a number from 0 to 2^128 - 1");
        }
        return new BigInteger(text);
    }
}
