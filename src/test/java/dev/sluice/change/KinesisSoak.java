package dev.sluice.change;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Samples;
import dev.sluice.local.KinesisFault;
import dev.sluice.local.KinesisLimits;
import dev.sluice.local.LocalKinesis;
import dev.sluice.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Very many changes into the Kinesis stand-in, in this process, of whose records one in twenty fails. */
final class KinesisSoak {

    private static final int KEYS = 20_000;
    private static final int BATCH = 1_000;
    private static final int DRAIN = 20;

    private KinesisSoak() {}

    public static void main(String[] arguments) throws Exception {
        int changes = 10 * Integer.parseInt(arguments[4]);
        var figures = new Figures(arguments);
        try (var kinesis = LocalKinesis.start(KinesisLimits.DOCUMENTED.withoutRate());
                var feed = Feed.create(kinesis.endpoint(), 4);
                var process = FeedProcess.start(kinesis.endpoint())) {
            kinesis.faults().add(KinesisFault.failRecords().withProbability(0.05, 1));
            var tail = new FeedTail(feed.kinesis(), feed.stream());
            var histories = new Histories();
            var random = new SplittableRandom(1);
            int[] numbers = new int[KEYS];
            long forwarding = 0;
            for (int sent = 0; sent < changes; sent += BATCH) {
                List<Change> batch = batch(sent, numbers, random);
                long before = System.nanoTime();
                BatchReply reply = process.forward(batch);
                forwarding += System.nanoTime() - before;
                if (!reply.batchItemFailures().isEmpty()) {
                    throw new IllegalStateException("Not all changes were taken.");
                }
                if (sent / BATCH % DRAIN == 0) {
                    tail.drain(histories);
                }
            }
            tail.drain(histories);
            figures.say("changes, 5 % failed records", "changes", one(changes));
            figures.say("requests", "requests", one(process.requests));
            figures.say("rate of forwarding", "changes/s", one(changes / (forwarding / 1e9)));
            figures.say("copies", "events", one(tail.copies()));
            figures.atMost(0, "lost", "events", one(changes - histories.seen()));
            figures.atMost(0, "out of order", "events", one(histories.outOfOrder()));
        }
        figures.write();
    }

    /** A tenth of the keys change nine times in ten. */
    private static List<Change> batch(int sent, int[] numbers, SplittableRandom random) {
        var batch = new ArrayList<Change>(BATCH);
        for (int i = 1; i <= BATCH; i++) {
            int key = random.nextInt(random.nextInt(10) == 0 ? KEYS : KEYS / 10);
            int n = ++numbers[key];
            Change change = Feed.change(sent + i, "k" + key, Json.of("{\"n\":" + n + "}"));
            batch.add(new Change(
                    change.id(),
                    n == 1 ? Change.Kind.INSERTED : Change.Kind.MODIFIED,
                    change.feed(),
                    change.key(),
                    change.time(),
                    change.sequence(),
                    n == 1 ? Json.NULL : Json.of("{\"n\":" + (n - 1) + "}"),
                    change.after(),
                    false));
        }
        return batch;
    }

    private static Samples one(Number value) {
        return new Samples(List.of(value.doubleValue()));
    }
}
