package dev.sluice.change;

import dev.sluice.aws.AwsClients;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.StreamEvents;
import dev.sluice.invocation.Invocation;
import dev.sluice.trigger.Decoded;
import java.util.List;

/** How many records a second go into a Kinesis that answers after 10 ms, in order and not. */
final class RateBench {

    private static final int RECORDS = 1_000;

    /** So many batches make a round long enough to measure. */
    private static final int TIMES = 10;

    private static final int ONE_BY_ONE = 50;

    private final FeedProcess process;
    private final AwsClients aws;

    private RateBench(FeedProcess process) {
        this.process = process;
        aws = process.bean(AwsClients.class);
    }

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var process = FeedProcess.toEndpointsOfTheEnvironment()) {
            for (int keys : new int[] {1_000, 100, 1}) {
                new RateBench(process).measure(figures, keys);
            }
        }
        figures.write();
    }

    private void measure(Figures figures, int keys) throws Exception {
        List<Change> changes =
                Decoded.changes(StreamEvents.modified(RECORDS, keys)).changes();
        var race = Race.byWallClock()
                .add("ours", () -> ours(changes))
                .add("naive", () -> naive(changes))
                .add("single", () -> oneByOne(changes))
                .run();
        String of = ", %,d keys".formatted(keys);
        var ours = race.seconds("ours").map(s -> TIMES * RECORDS / s);
        var naive = race.seconds("naive").map(s -> TIMES * RECORDS / s);
        var single = race.seconds("single").map(s -> ONE_BY_ONE / s);
        figures.say("forwardChanges" + of, "records/s", ours);
        figures.say("naive resend, without order" + of, "records/s", naive);
        figures.say("one PutRecord at a time" + of, "records/s", single);
        figures.say("forwardChanges / naive resend" + of, "x", ours.over(naive));
        figures.say("forwardChanges / one PutRecord at a time" + of, "x", ours.over(single));
    }

    private long ours(List<Change> changes) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            if (!process.forward(changes).batchItemFailures().isEmpty()) {
                throw new IllegalStateException("Not all changes were taken.");
            }
        }
        return 1;
    }

    private long naive(List<Change> changes) {
        for (int i = 0; i < TIMES; i++) {
            NaiveResend.send(aws.kinesis(), changes, Invocation.unbounded());
        }
        return 1;
    }

    private long oneByOne(List<Change> changes) {
        for (Change change : changes.subList(0, ONE_BY_ONE)) {
            var entry = NaiveResend.entry(ChangeEvent.of(change, "/sluice", ""));
            aws.kinesis().putRecord(put -> put.streamName(FeedProcess.STREAM)
                    .partitionKey(entry.partitionKey())
                    .data(entry.data()));
        }
        return 1;
    }
}
