package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.invocation.Invocation;
import dev.sluice.letter.LetterId;
import dev.sluice.letter.Letters;
import dev.sluice.local.LocalCloud;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A shard whose records are processed in batches, in part, again, in calls that are too short and in processes that are
 * killed, by consumers that fail now and then or never take certain events: each consumer sees each key's history in
 * order, but for the events that it never takes, and those are its dead letters.
 */
class ProcessingModelIT {

    private static final List<String> NAMES = List.of("steady", "shaky", "poisoned");

    @SuppressWarnings("NullAway.Init")
    private static FeedProcess process;

    @BeforeContainer
    static void start() {
        LocalCloud cloud = LocalCloud.shared();
        FeedProcess.createStore(cloud.s3Client());
        process = FeedProcess.start(
                URI.create("http://127.0.0.1:1"),
                cloud.s3(),
                "--sluice.processing.tries=2",
                "--sluice.processing.parallel=4");
    }

    @AfterContainer
    static void stop() {
        process.close();
    }

    /** What the consumers have taken, by consumer, and how often the process was killed. */
    private record Run(List<ChangeEvent> history, Set<String> poison, Map<String, List<ChangeEvent>> taken, int kills) {

        Map<String, List<String>> expected(String consumer) {
            Map<String, List<String>> expected = new HashMap<>();
            history.stream()
                    .filter(event -> !consumer.equals("poisoned") || !poison.contains(event.id()))
                    .forEach(event -> expected.computeIfAbsent(event.subject(), _ -> new ArrayList<>())
                            .add(event.id()));
            return expected;
        }

        /** By key, as they came. */
        Map<String, List<String>> seen(String consumer) {
            Map<String, List<String>> seen = new HashMap<>();
            taken.getOrDefault(consumer, List.of())
                    .forEach(event -> seen.computeIfAbsent(event.subject(), _ -> new ArrayList<>())
                            .add(event.id()));
            return seen;
        }

        /** By key, without copies, as one sees them that drops what is not new. */
        Map<String, List<String>> seenOnce(String consumer) {
            Map<String, List<String>> seen = new HashMap<>();
            var last = new LastSequences(new HashMap<>());
            for (ChangeEvent event : taken.getOrDefault(consumer, List.of())) {
                if (last.isNew(event.source(), event.subject(), event.sequence())) {
                    seen.computeIfAbsent(event.subject(), _ -> new ArrayList<>())
                            .add(event.id());
                    last.seen(event.source(), event.subject(), event.sequence());
                }
            }
            return seen;
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void everyConsumerSeesEveryHistoryInOrderAndOnceInAProcessThatLives(@ForAll long seed) throws Exception {
        Run run = run(seed, false);

        for (String consumer : NAMES) {
            assertThat(run.seen(consumer)).as(consumer).isEqualTo(run.expected(consumer));
        }
        assertThat(letters(run)).isEqualTo(run.poison());
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aProcessThatIsKilledLosesNothingAndGivesCopiesOnly(@ForAll long seed) throws Exception {
        Run run = run(seed, true);

        for (String consumer : NAMES) {
            assertThat(run.seenOnce(consumer)).as(consumer).isEqualTo(run.expected(consumer));
        }
        assertThat(letters(run)).isEqualTo(run.poison());
    }

    private static Run run(long seed, boolean kills) throws Exception {
        var random = new Random(seed);
        String source = "/" + Long.toHexString(seed) + kills;
        List<ChangeEvent> history = history(source, random);
        Set<String> poison = new HashSet<>();
        history.stream().filter(_ -> random.nextInt(25) == 0).forEach(event -> poison.add(event.id()));
        Map<String, List<ChangeEvent>> taken = new ConcurrentHashMap<>();
        List<Delivery> records = records(history, random);
        int killed = 0;
        int next = 0;
        var consumers = consumers(poison, taken, kills ? random.nextLong() : 0);
        ProcessChanges processChanges = processChanges(consumers);
        while (next < records.size()) {
            List<Delivery> batch = records.subList(next, Math.min(records.size(), next + 1 + random.nextInt(40)));
            var invocation = new Invocation("model", Instant.now().plusMillis(1_150 + random.nextInt(300)));
            ProcessChanges alive = processChanges;
            try {
                BatchReply reply = invocation.call(() -> alive.apply(new ChangeEventBatch(batch)));
                // Lambda delivers at least once: now and then what was done comes again.
                if (random.nextInt(6) > 0) {
                    next += done(reply, batch);
                }
            } catch (FeedProcess.KilledError _) {
                killed++;
                processChanges = processChanges(consumers);
            }
        }
        return new Run(history, poison, taken, killed);
    }

    private static int done(BatchReply reply, List<Delivery> batch) {
        return reply.batchItemFailures().isEmpty()
                ? batch.size()
                : IntStream.range(0, batch.size())
                        .filter(i -> batch.get(i)
                                .sequence()
                                .equals(reply.batchItemFailures().getFirst().itemIdentifier()))
                        .findFirst()
                        .orElseThrow();
    }

    private static ProcessChanges processChanges(Map<String, Consumer<ChangeEvent>> consumers) {
        return new ProcessChanges(
                consumers,
                new Claims(process.bean(StoreBucket.class)),
                process.bean(Letters.class),
                process.bean(ProcessingSettings.class));
    }

    private static Map<String, Consumer<ChangeEvent>> consumers(
            Set<String> poison, Map<String, List<ChangeEvent>> taken, long kills) {
        var chance = new Random(kills);
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        Map<String, Consumer<ChangeEvent>> consumers = new LinkedHashMap<>();
        consumers.put("steady", event -> {
            take("steady", event, taken);
            synchronized (chance) {
                if (kills != 0 && chance.nextInt(80) == 0) {
                    throw new FeedProcess.KilledError();
                }
            }
        });
        consumers.put("shaky", event -> {
            if (event.id().hashCode() % 5 == 0 && failedOnce.add(event.id())) {
                throw new IllegalStateException("shaky");
            }
            take("shaky", event, taken);
        });
        consumers.put("poisoned", event -> {
            if (poison.contains(event.id())) {
                throw new IllegalStateException("poison");
            }
            take("poisoned", event, taken);
        });
        return consumers;
    }

    private static void take(String consumer, ChangeEvent event, Map<String, List<ChangeEvent>> taken) {
        List<ChangeEvent> events = taken.computeIfAbsent(consumer, _ -> new ArrayList<>());
        synchronized (events) {
            events.add(event);
        }
    }

    private static List<ChangeEvent> history(String source, Random random) {
        int keys = 1 + random.nextInt(12);
        return IntStream.rangeClosed(1, 30 + random.nextInt(90))
                .mapToObj(n -> ChangeEvent.of(Feed.change(n, "k" + random.nextInt(keys)), source, ""))
                .toList();
    }

    /** Records of one event, of several of one key, and foreign ones. */
    private static List<Delivery> records(List<ChangeEvent> history, Random random) {
        var records = new ArrayList<Delivery>();
        for (int i = 0; i < history.size(); ) {
            int end = i + 1;
            while (end < history.size()
                    && history.get(end).key().equals(history.get(i).key())
                    && random.nextBoolean()) {
                end++;
            }
            var texts = history.subList(i, end).stream()
                    .map(event -> Json.of(new EventWriter().whole(event)).tree().toString())
                    .toList();
            records.add(new Delivery(
                    Integer.toString(records.size()),
                    Json.of(texts.size() == 1 ? texts.getFirst() : "[" + String.join(",", texts) + "]")));
            if (random.nextInt(20) == 0) {
                records.add(new Delivery(Integer.toString(records.size()), Json.of("foreign")));
            }
            i = end;
        }
        return records;
    }

    /** The ids of this run's events that are letters of the poisoned consumer, which is the only one that has any. */
    private static Set<String> letters(Run run) {
        var letters = process.bean(Letters.class);
        String source = run.history().getFirst().source() + " ";
        Set<String> ids = new HashSet<>();
        String after = "";
        do {
            var page = letters.list(Optional.of("consumer-failed"), after, 100);
            page.letters().stream()
                    .map(listed -> listed.letter())
                    .filter(letter -> letter.id().startsWith(source))
                    .forEach(letter -> {
                        assertThat(letter.origin()).isEqualTo("processChanges/poisoned");
                        assertThat(letter.attempts()).isGreaterThanOrEqualTo(2);
                        ids.add(letter.id().substring(source.length()));
                    });
            page.letters().forEach(listed -> assertThat(LetterId.of(listed.id().text()))
                    .isPresent());
            after = page.last().orElse("");
        } while (!after.isEmpty());
        return ids;
    }
}
