package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.FeedProcess.KilledError;
import dev.sluice.invocation.Invocation;
import dev.sluice.local.KinesisFault;
import dev.sluice.local.KinesisLimits;
import dev.sluice.local.LocalKinesis;
import dev.sluice.value.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.services.kinesis.model.Shard;
import tools.jackson.databind.JsonNode;

/**
 * A stream of changes that Lambda delivers in batches, in part, again and to processes that are killed, to a Kinesis that
 * refuses records and requests, loses answers, takes requests too late and is resharded: what a consumer sees that drops
 * copies is each key's history. Sent the way that others send them, it is not, which shows that this run can tell.
 */
class ForwardingModelIT {

    private static final List<String> ERRORS = List.of(
            "InternalFailure",
            "ProvisionedThroughputExceededException",
            "ExpiredTokenException",
            "ResourceInUseException");

    private static final int BATCH_BYTES = 4_096;

    @SuppressWarnings("NullAway.Init")
    private static LocalKinesis kinesis;

    @SuppressWarnings("NullAway.Init")
    private static FeedProcess process;

    @BeforeContainer
    static void start() throws IOException {
        kinesis = LocalKinesis.start(KinesisLimits.DOCUMENTED.withoutRate());
        process = FeedProcess.start(
                kinesis.endpoint(), "--sluice.aws.call-timeout=600ms", "--sluice.changes.batch-bytes=" + BATCH_BYTES);
    }

    @AfterContainer
    static void stop() {
        process.close();
        kinesis.close();
    }

    private static final AtomicInteger RUNS = new AtomicInteger();

    private interface Sender {
        BatchReply send(Feed feed, List<Change> batch, Invocation invocation) throws Exception;
    }

    /** Of one run: what was to be seen and what was, and how often each change can have been sent. */
    private record Run(List<Change> changes, List<JsonNode> events, Map<String, Integer> chances) {

        boolean isRight() {
            return Feed.seen(events).equals(Feed.history(changes));
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void everyKeysHistoryIsSeenInOrder(@ForAll long seed) throws Exception {
        Run run = run(seed, (_, batch, invocation) -> process.forward(batch, invocation));

        assertThat(Feed.seen(run.events())).isEqualTo(Feed.history(run.changes()));
        Map<String, Integer> copies = new HashMap<>();
        run.events().forEach(event -> copies.merge(event.path("id").stringValue(), 1, Integer::sum));
        copies.forEach((id, count) -> assertThat(count)
                .as("copies of %s", id)
                .isLessThanOrEqualTo(run.chances().getOrDefault(id, 0)));
    }

    @Example
    void aNaiveResendIsFoundToReorder() {
        assertThat(LongStream.range(0, 10)
                        .mapToObj(seed -> naiveRun(seed))
                        .filter(run -> !run.isRight())
                        .count())
                .isGreaterThanOrEqualTo(5);
    }

    private static Run naiveRun(long seed) {
        try {
            return run(seed, (feed, batch, invocation) -> NaiveResend.send(feed.kinesis(), batch, invocation));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Run run(long seed, Sender sender) throws Exception {
        var random = new Random(seed);
        List<Change> changes = changes(random);
        Map<String, Integer> chances = new HashMap<>();
        process.unanswered.clear();
        try (var feed = Feed.create(kinesis.endpoint(), 1 + random.nextInt(3))) {
            faults(random);
            int next = 0;
            int most = 150;
            while (next < changes.size()) {
                if (random.nextInt(8) == 0) {
                    reshard(feed, random);
                }
                int end = Math.min(changes.size(), next + 1 + random.nextInt(most));
                List<Change> batch = changes.subList(next, end);
                batch.forEach(change -> chances.merge(change.id(), 1, Integer::sum));
                process.begin(new Random(random.nextLong()));
                try {
                    var invocation = new Invocation("model", Instant.now().plusMillis(1_000 + random.nextInt(150)));
                    BatchReply reply = sender.send(feed, batch, invocation);
                    // Lambda delivers at least once: now and then what was done comes again.
                    if (random.nextInt(15) > 0) {
                        next = next(reply, changes, next, end);
                    }
                    most = 150;
                } catch (KilledError _) {
                    most = Math.max(1, most / 2);
                }
            }
            process.end();
            kinesis.faults().clear();
            process.unanswered.forEach((id, count) -> chances.merge(id, count, Integer::sum));
            List<JsonNode> events = own(changes, feed.events());
            feed.kinesis().deleteStream(delete -> delete.streamName(feed.stream()));
            return new Run(changes, events, chances);
        }
    }

    /** A request that its client has given up in the run before may be taken by this run's stream, as it has the same name. */
    private static List<JsonNode> own(List<Change> changes, List<JsonNode> events) {
        Set<String> ids = changes.stream().map(Change::id).collect(Collectors.toSet());
        return events.stream()
                .filter(event -> ids.contains(event.path("id").stringValue()))
                .toList();
    }

    /** Lambda goes on from the lowest sequence number that was named. */
    private static int next(BatchReply reply, List<Change> changes, int begin, int end) {
        if (reply.batchItemFailures().isEmpty()) {
            return end;
        }
        String lowest = reply.batchItemFailures().getFirst().itemIdentifier();
        return IntStream.range(begin, end)
                .filter(i -> changes.get(i).sequence().equals(lowest))
                .findFirst()
                .orElseThrow();
    }

    /** A few keys change much more often than the others. No other run has the same ids. */
    private static List<Change> changes(Random random) {
        int keys = 1 + random.nextInt(60);
        var changes = new ArrayList<Change>();
        int count = 50 + random.nextInt(350);
        int first = RUNS.getAndIncrement() * 1_000;
        for (int n = first + 1; n <= first + count; n++) {
            String key = "k" + (int) (keys * Math.pow(random.nextDouble(), 3));
            changes.add(
                    random.nextInt(10) == 0
                            ? Feed.change(n, key, Json.of("\"" + "x".repeat(random.nextInt(3_000)) + "\""))
                            : Feed.change(n, key));
        }
        return changes;
    }

    private static void faults(Random random) {
        var faults = kinesis.faults();
        faults.add(KinesisFault.throttleRecords().withProbability(random.nextDouble() / 4, random.nextLong()));
        faults.add(KinesisFault.failRecords().withProbability(random.nextDouble() / 4, random.nextLong()));
        faults.add(KinesisFault.failRequests("PutRecords", ERRORS.get(random.nextInt(ERRORS.size())))
                .withProbability(random.nextDouble() / 8, random.nextLong()));
        faults.add(KinesisFault.loseReplies("PutRecords", Duration.ofMillis(random.nextInt(5)))
                .withProbability(random.nextDouble() / 6, random.nextLong()));
        // The client gives up after 200 ms, and the request is taken all the same.
        faults.add(KinesisFault.delayRequests("PutRecords", Duration.ofMillis(230))
                .withProbability(random.nextDouble() / 25, random.nextLong()));
    }

    private static void reshard(Feed feed, Random random) {
        List<Shard> open = feed.shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
        Shard shard = open.get(random.nextInt(open.size()));
        BigInteger from = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger to = new BigInteger(shard.hashKeyRange().endingHashKey());
        if (open.size() < 6) {
            feed.kinesis().splitShard(split -> split.streamName(feed.stream())
                    .shardToSplit(shard.shardId())
                    .newStartingHashKey(from.add(to).shiftRight(1).toString()));
        }
    }
}
