package dev.sluice;

import static org.awaitility.Awaitility.await;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Samples;
import dev.sluice.change.FeedTail;
import dev.sluice.change.Histories;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;

/** Files to rows to changes to events through the local cloud, while Kinesis fails one record in twenty. */
final class EngineSoak {

    private static final int KEYS = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String FAULT = "{\"kind\":\"FAIL_RECORDS\",\"probability\":0.05,\"seed\":1}";

    private EngineSoak() {}

    public static void main(String[] arguments) throws Exception {
        int files = Math.max(1, Integer.parseInt(arguments[4]) / KEYS);
        long changes = (long) files * KEYS;
        var figures = new Figures(arguments);
        try (var sluice = RunningSluice.start("soak")) {
            sluice.send(HttpRequest.newBuilder(sluice.cloud().kinesis().resolve("/_faults"))
                    .POST(BodyPublishers.ofString(FAULT)));
            var tail = new FeedTail(sluice.cloud().kinesisClient(), sluice.resources().stream());
            var histories = new Histories();
            long before = System.nanoTime();
            for (int n = 1; n <= files; n++) {
                String name = "places/soak-" + n + ".ndjson";
                sluice.upload(name, file(n));
                await().pollInSameThread()
                        .atMost(LONGEST)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() ->
                                sluice.object(name).path("state").asString("").equals("done"));
                tail.drain(histories);
            }
            await().pollInSameThread().atMost(LONGEST).until(() -> {
                tail.drain(histories);
                return histories.seen() >= changes;
            });
            double seconds = (System.nanoTime() - before) / 1e9;
            figures.say("changes, 5 % failed records", "changes", one(changes));
            figures.say("from the first file to the last event", "s", one(seconds));
            figures.say("copies", "events", one(tail.copies()));
            figures.atMost(0, "lost", "events", one(changes - histories.seen()));
            figures.atMost(0, "out of order", "events", one(histories.outOfOrder()));
        }
        figures.write();
        System.exit(0);
    }

    private static String file(int n) {
        var lines = new StringBuilder();
        for (int key = 0; key < KEYS; key++) {
            lines.append("{\"id\":\"k")
                    .append(key)
                    .append("\",\"n\":")
                    .append(n)
                    .append("}\n");
        }
        return lines.toString();
    }

    private static Samples one(Number value) {
        return new Samples(List.of(value.doubleValue()));
    }
}
