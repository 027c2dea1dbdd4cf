package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.ChangeEvent;
import dev.sluice.change.LastSequences;
import dev.sluice.local.StreamRules;
import dev.sluice.local.TriggerSettings;
import dev.sluice.value.Json;
import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The whole pipeline under random settings of its event source mappings, with a Kinesis that refuses and loses, and a
 * consumer that fails, ends calls and cannot be flushed: of each key it sees every change, in order, once copies are dropped.
 * {@code -Dredelivery.seed} repeats one.
 */
class RedeliveryIT {

    private static final int FILES = 30;
    private static final int KEYS = 40;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Configuration(proxyBeanMethods = false)
    public static class Consumers {

        @Bean
        Fickle fickle() {
            return new Fickle();
        }
    }

    static final class Fickle implements Consumer<ChangeEvent>, Flushable {

        private final Random chance = new Random(1);
        private final List<ChangeEvent> seen = new ArrayList<>();

        @Override
        public synchronized void accept(ChangeEvent event) {
            int die = chance.nextInt(1_000);
            if (die < 50) {
                throw new IllegalStateException("not now");
            }
            if (die < 53) {
                throw new LinkageError("the whole call fails");
            }
            seen.add(event);
        }

        @Override
        public synchronized void flush() throws IOException {
            if (chance.nextInt(10) == 0) {
                throw new IOException("full");
            }
        }

        /** What is left of each key without the copies. */
        synchronized Map<String, List<ChangeEvent>> histories() {
            var last = new LastSequences(new HashMap<>());
            Map<String, List<ChangeEvent>> histories = new HashMap<>();
            for (ChangeEvent event : seen) {
                if (last.isNew(event.source(), event.subject(), event.sequence())) {
                    last.seen(event.source(), event.subject(), event.sequence());
                    histories
                            .computeIfAbsent(event.key(), _ -> new ArrayList<>())
                            .add(event);
                }
            }
            return histories;
        }

        synchronized int size() {
            return seen.size();
        }
    }

    @Test
    void everyKeysChangesComeInOrderAndNoneIsLost() {
        long seed = Long.getLong("redelivery.seed", new Random().nextLong());
        var random = new Random(seed);
        TriggerSettings triggers = triggers(random);
        String told = "seed %d, %s".formatted(seed, triggers);
        try (var sluice = RunningSluice.start(
                "again",
                triggers,
                List.of(Consumers.class),
                "--sluice.consumers=fickle",
                "--sluice.processing.tries=100",
                "--sluice.processing.parallel=" + (1 + random.nextInt(8)))) {
            var consumer = sluice.context().getBean(Fickle.class);
            try {
                sluice.kinesisFaults(random);
                for (int file = 1; file <= FILES; file++) {
                    sluice.upload("places/again-%d.ndjson".formatted(file), file(file));
                }
                await(told)
                        .atMost(LONGEST)
                        .until(() -> sluice.all("/api/objects?state=done").size() == FILES);
                Map<String, Integer> rows = rows(sluice);
                assertThat(rows).hasSize(KEYS);
                await(told).atMost(LONGEST).until(() -> last(consumer.histories()), rows::equals);
            } finally {
                sluice.noKinesisFaults();
            }
            consumer.histories().values().forEach(events -> assertNoGap(told, events));
            IO.println("RedeliveryIT: %d records, the consumer was given %d events, %d of them new"
                    .formatted(
                            FILES * KEYS,
                            consumer.size(),
                            consumer.histories().values().stream()
                                    .mapToInt(List::size)
                                    .sum()));
        }
    }

    private static TriggerSettings triggers(Random random) {
        TriggerSettings usual = TriggerSettings.DEFAULT;
        return new TriggerSettings(
                rules(random),
                rules(random),
                usual.workBatchSize(),
                usual.noticeRetries(),
                usual.timeout(),
                1_000 << random.nextInt(10),
                usual.queuePollers(),
                Duration.ofMillis(20),
                usual.discovery(),
                usual.retryPause(),
                Duration.ofMillis(10),
                Duration.ofMillis(100));
    }

    private static StreamRules rules(Random random) {
        return new StreamRules(
                1 + random.nextInt(300),
                Duration.ZERO,
                1 + random.nextInt(4),
                -1,
                Duration.ofHours(22),
                random.nextBoolean(),
                true);
    }

    private static String file(int number) {
        return IntStream.range(0, KEYS)
                .mapToObj("{\"id\":\"k%%d\",\"n\":%d}\n".formatted(number)::formatted)
                .collect(Collectors.joining());
    }

    /** The rows as the last of the files, which are read in any order, has left them. */
    private static Map<String, Integer> rows(RunningSluice sluice) {
        return sluice.all("/api/feeds/places/rows?limit=100").stream()
                .collect(Collectors.toMap(
                        row -> row.path("key").asString(),
                        row -> row.path("data").path("n").asInt()));
    }

    private static Map<String, Integer> last(Map<String, List<ChangeEvent>> histories) {
        return histories.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, history -> history.getValue()
                .getLast()
                .after()
                .tree()
                .path("n")
                .asInt()));
    }

    /** Each change goes on from the one before. */
    private static void assertNoGap(String told, List<ChangeEvent> events) {
        Json before = Json.NULL;
        for (ChangeEvent event : events) {
            assertThat(event.before().tree()).as(told).isEqualTo(before.tree());
            before = event.after();
        }
    }
}
