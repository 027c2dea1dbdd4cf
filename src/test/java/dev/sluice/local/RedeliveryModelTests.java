package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.ScriptedDoor.Reply;
import dev.sluice.local.StreamSource.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shard's records, random settings, and a function that by chance fails before or after its work, does not answer in
 * time, does a part and says so, or names what is no record of the batch; some records are poison. A consumer that drops
 * what is not above a key's last record has in the end seen every record in its key's order, but for those of which the
 * failure destination was told.
 */
class RedeliveryModelTests {

    /** Whoever is slow only because the machine is must not be taken for late. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** Of so many invocations one is. */
    private static final int LATE = 400;

    private final TriggerSettings settings = TriggerSettings.DEFAULT.quick(100, 1);

    /** What the function has done, and what of it was out of order. */
    private static final class Consumer {

        private final Map<String, Integer> last = new HashMap<>();
        private final Set<Integer> done = new HashSet<>();
        private final Set<Integer> passedOver = new HashSet<>();
        private final Map<Integer, Integer> tries = new HashMap<>();

        synchronized void take(JsonNode item) {
            var sequence = sequence(item);
            var key = item.path("key").asString();
            if (sequence > last.getOrDefault(key, 0)) {
                last.put(key, sequence);
                done.add(sequence);
            } else if (!done.contains(sequence)) {
                passedOver.add(sequence);
            }
        }

        synchronized void tried(JsonNode item) {
            tries.merge(sequence(item), 1, Integer::sum);
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void nothingIsLostAndEveryKeyKeepsItsOrder(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var retries = random.nextInt(4) == 0 ? StreamRules.ENDLESS : random.nextInt(4);
        var rules = new StreamRules(
                1 + random.nextInt(30),
                Duration.ZERO,
                1 + random.nextInt(4),
                retries,
                Duration.ofSeconds(-1),
                random.nextBoolean(),
                random.nextInt(4) > 0);
        var time = new PassingTime(settings);
        var items = items(random);
        var poison = retries == StreamRules.ENDLESS ? Set.<Integer>of() : poison(random, items.size());
        var consumer = new Consumer();
        var givenUp = new HashSet<Integer>();
        try (var door =
                ScriptedDoor.open(event -> reply(event, random, poison, rules.reportBatchItemFailures(), consumer))) {
            var invoker = new Invoker(
                    new Door(door.uri(), TIMEOUT),
                    time,
                    told -> addAll(givenUp, told, items, rules.parallelizationFactor()),
                    _ -> {});
            var reader = new ShardReader(
                    new ListSource(items, time), ListSource.SHARD, rules, 200 + random.nextInt(2_000), invoker);
            assertThat(reader.readToEnd()).isTrue();
        }

        synchronized (consumer) {
            var all = IntStream.rangeClosed(1, items.size()).boxed().toList();
            assertThat(all).as("lost").allMatch(each -> consumer.done.contains(each) || givenUp.contains(each));
            assertThat(givenUp).as("given up").containsAll(poison);
            assertThat(consumer.done).as("done").noneMatch(poison::contains);
            assertThat(consumer.passedOver).as("out of order").isEmpty();
            if (retries == StreamRules.ENDLESS) {
                assertThat(givenUp).as("given up").isEmpty();
            }
            assertThat(givenUp)
                    .as("given up before its retries were used up")
                    .allMatch(each -> consumer.tries.getOrDefault(each, 0) > retries);
        }
    }

    private static List<Item> items(Random random) {
        var keys = 1 + random.nextInt(20);
        return IntStream.rangeClosed(1, 40 + random.nextInt(100))
                .mapToObj(n -> {
                    var key = "k" + random.nextInt(keys);
                    var json = "{\"n\":\"%d\",\"key\":\"%s\",\"kinesis\":{\"sequenceNumber\":\"%d\"}}"
                            .formatted(n, key, n);
                    return new Item(Integer.toString(n), key, PassingTime.BEGIN, json);
                })
                .toList();
    }

    private static Set<Integer> poison(Random random, int size) {
        var poison = new HashSet<Integer>();
        for (var i = random.nextInt(4); i > 0; i--) {
            poison.add(1 + random.nextInt(size));
        }
        return poison;
    }

    private static Reply reply(JsonNode event, Random random, Set<Integer> poison, boolean partly, Consumer consumer) {
        var batch = event.path("Records").valueStream().toList();
        batch.forEach(consumer::tried);
        var chance = next(random, 60);
        var isLate = next(random, LATE) == 0;
        var part = batch.subList(0, next(random, batch.size() + 1));
        var work = new ArrayList<JsonNode>();
        for (var each : chance < 18 ? part : batch) {
            if (poison.contains(sequence(each))) {
                break;
            }
            work.add(each);
        }
        work.forEach(consumer::take);
        if (isLate) {
            return late();
        }
        if (chance == 1 && partly) {
            return Reply.failures("none of these");
        }
        if (chance < 6) {
            return Reply.ERROR;
        }
        if (work.size() == batch.size()) {
            return Reply.OK;
        }
        return partly ? Reply.failures(named(batch, work.size())) : Reply.ERROR;
    }

    private static String named(List<JsonNode> batch, int first) {
        return batch.get(first).path("n").asString();
    }

    /** Nobody reads it any more. */
    private static Reply late() {
        try {
            Thread.sleep(TIMEOUT.multipliedBy(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Reply.OK;
    }

    private static int next(Random random, int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private static int sequence(JsonNode item) {
        return Integer.parseInt(item.path("n").asString());
    }

    /** In a lane of its shard, a batch's records are those of its lane between the first and the last. */
    private static void addAll(Set<Integer> givenUp, String told, List<Item> items, int lanes) {
        var info = JsonMapper.shared().readTree(told).path("KinesisBatchInfo");
        var first = info.path("startSequenceNumber").asInt();
        var last = info.path("endSequenceNumber").asInt();
        var lane = Math.floorMod(items.get(first - 1).key().hashCode(), lanes);
        var batch = IntStream.rangeClosed(first, last)
                .filter(n -> Math.floorMod(items.get(n - 1).key().hashCode(), lanes) == lane)
                .boxed()
                .toList();
        assertThat(batch).hasSize(info.path("batchSize").asInt());
        synchronized (givenUp) {
            givenUp.addAll(batch);
        }
    }
}
