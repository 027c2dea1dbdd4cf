package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.ScriptedDoor.Reply;
import dev.sluice.local.StreamSource.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Using Lambda to process records from Amazon
 * Kinesis Data Streams</a>: ParallelizationFactor. So many batches of a shard are on their way at once, and each key's
 * records are in order all the same.
 */
class ParallelizationTests {

    private static final int RECORDS = 200;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void batchesAtOnce(int factor) throws IOException {
        var settings = TriggerSettings.DEFAULT.quick(5, 1);
        var time = new PassingTime(settings);
        Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
        var together = new CountDownLatch(factor);
        var inFlight = new AtomicInteger();
        var most = new AtomicInteger();
        try (var door = ScriptedDoor.open(event -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            await(together);
            event.path("Records").forEach(each -> seen.computeIfAbsent(
                            each.path("key").asString(), _ -> new CopyOnWriteArrayList<>())
                    .add(each.path("n").asInt()));
            assertThat(event.path("Records").size()).isLessThanOrEqualTo(5);
            inFlight.decrementAndGet();
            return Reply.OK;
        })) {
            var invoker = new Invoker(new Door(door.uri(), settings.timeout()), time, _ -> {}, _ -> {});
            var rules = settings.changes().withFactor(factor).withLimits(-1, Duration.ofSeconds(-1));
            var reader = new ShardReader(
                    new ListSource(items(), time), ListSource.SHARD, rules, settings.payloadBytes(), invoker);

            assertThat(reader.readToEnd()).isTrue();
        }
        assertThat(most.get()).isEqualTo(factor);
        assertThat(seen.values().stream().mapToInt(List::size).sum()).isEqualTo(RECORDS);
        assertThat(seen.values()).allSatisfy(each -> assertThat(each).isSorted());
    }

    /** Else invocations of no work might well miss each other. */
    private static void await(CountDownLatch together) {
        together.countDown();
        try {
            assertThat(together.await(60, TimeUnit.SECONDS))
                    .as("so many at once")
                    .isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Item> items() {
        var items = new ArrayList<Item>();
        IntStream.rangeClosed(1, RECORDS).forEach(n -> {
            var key = "k" + n % 40;
            var json = "{\"n\":%d,\"key\":\"%s\"}".formatted(n, key);
            items.add(new Item(Integer.toString(n), key, PassingTime.BEGIN, json));
        });
        return items;
    }
}
