package dev.sluice.object;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Sample;
import dev.sluice.object.ReadingCloud.Content;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;

/**
 * Reads an object whole, and in parts with one worker and with two. All of them are in one JVM, with the S3, DynamoDB and SQS
 * that they talk to, so what they share must not be what holds them up: each has two writers of batches that take 5 ms,
 * which leaves the cores time.
 */
final class SplitReadBench {

    private static final int ROWS = 10_000;
    private static final String SPLIT = "256KB";

    private SplitReadBench() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        byte[] orders = Sample.orders(ROWS);
        var content = new Content(orders.length, from -> new ByteArrayInputStream(orders, (int) from, orders.length));
        try (var cloud = new ReadingCloud(List.of(), settings())) {
            cloud.delayRows(Duration.ofMillis(5));
            var race = Race.byWallClock()
                    .add("whole", () -> whole(cloud, content))
                    .add("one worker", () -> parts(cloud, content, 1))
                    .add("two workers", () -> parts(cloud, content, 2))
                    .run();
            var whole = race.seconds("whole");
            figures.say("rows read whole", "rows/s", whole.map(s -> ROWS / s));
            figures.say("rows in parts, one worker / whole", "x", whole.over(race.seconds("one worker")));
            figures.say("rows in parts, two workers / whole", "x", whole.over(race.seconds("two workers")));
        }
        figures.write();
    }

    private static String[] settings() {
        return new String[] {
            "--sluice.rows.writers=2",
            "--sluice.feeds[0].name=whole",
            "--sluice.feeds[0].match.key=whole/*",
            "--sluice.feeds[0].format=csv",
            "--sluice.feeds[0].key=id",
            "--sluice.feeds[1].name=parts",
            "--sluice.feeds[1].match.key=parts/*",
            "--sluice.feeds[1].format=csv",
            "--sluice.feeds[1].key=id",
            "--sluice.feeds[1].unique=true",
            "--sluice.feeds[1].newlines-in-quotes=false",
            "--sluice.feeds[1].split=" + SPLIT
        };
    }

    private static long whole(ReadingCloud cloud, Content content) {
        return cloud.read("whole/orders.csv", content).outcome().rows();
    }

    private static long parts(ReadingCloud cloud, Content content, int workers) throws Exception {
        return cloud.readInParts("parts/orders.csv", content, workers)
                .path("rows")
                .path("N")
                .asLong();
    }
}
