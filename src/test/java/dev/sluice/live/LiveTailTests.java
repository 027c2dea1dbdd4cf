package dev.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.Change;
import dev.sluice.change.ChangeEvent;
import dev.sluice.invocation.Invocation;
import dev.sluice.value.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The processor never waits, whatever table and connections do. */
@Timeout(120)
class LiveTailTests {

    private static final Filter EVERYTHING = new Filter(Optional.empty(), Optional.empty());
    /** On any machine; what hangs here hangs for longer, and what lingers too long does so for a minute. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Map<String, Queue<JsonNode>> told = new ConcurrentHashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile List<Connection> connections = List.of(connection("one"));
    private volatile boolean tableHangs;
    private Optional<LiveTail> tail = Optional.empty();

    private static Connection connection(String id) {
        return new Connection(id, Instant.now().minusSeconds(60), EVERYTHING);
    }

    private LiveTail tail(Outlet outlet, Duration linger) {
        var made = new LiveTail(outlet, Turns.ALONE, _ -> table(), _ -> {}, linger, Clock.systemUTC());
        tail = Optional.of(made);
        return made;
    }

    private List<Connection> table() {
        asked.incrementAndGet();
        if (tableHangs) {
            hang();
        }
        return connections;
    }

    /** One that hangs for connections whose id says so. */
    private Outlet.Outcome send(String connection, byte[] message) {
        if (connection.startsWith("hanging")) {
            hang();
        }
        Queue<JsonNode> first =
                new ConcurrentLinkedQueue<>(List.of(JsonMapper.shared().readTree(message)));
        // In one step: a queue that is there holds a message.
        told.merge(connection, first, (before, added) -> {
            before.addAll(added);
            return before;
        });
        return Outlet.Outcome.SENT;
    }

    private void hang() {
        try {
            never.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void end() {
        never.countDown();
        tail.ifPresent(LiveTail::destroy);
    }

    @Test
    void whoIsConnectedIsToldOfEachChange() {
        LiveTail liveTail = tail(this::send, Duration.ZERO);
        liveTail.accept(event("DEU", "{\"name\":\"Germany\"}"));

        await().until(() -> told.containsKey("one"));
        JsonNode change = told("one").getFirst().path("changes").path(0);
        assertThat(change.toString())
                .isEqualTo(
                        "{\"id\":\"id-DEU\",\"feed\":\"countries\",\"key\":\"DEU\",\"kind\":\"inserted\",\"time\":\"2026-11-29T12:00:00Z\",\"before\":null,\"after\":{\"name\":\"Germany\"}}");
    }

    @Test
    void aTableAndConnectionsThatHangKeepTheProcessorWaitingForNothing() {
        LiveTail liveTail = tail(this::send, Duration.ZERO);
        connections = List.of(connection("one"), connection("hanging-1"), connection("hanging-2"));
        liveTail.accept(event("first", "{}"));
        await().until(() -> told.containsKey("one"));
        tableHangs = true;
        ChangeEvent large = event("large", "{\"text\":\"%s\"}".formatted("x".repeat(10_000)));

        Instant before = Instant.now();
        for (int i = 0; i < 2_000; i++) {
            liveTail.accept(large);
        }
        liveTail.flush();

        assertThat(Duration.between(before, Instant.now())).isLessThan(SOON);
        // Twice what the queue holds: what found no room in it counts too.
        await().untilAsserted(() -> assertThat(counted("one")).isEqualTo(2_001));
        assertThat(told).containsOnlyKeys("one");
    }

    private List<JsonNode> told(String connection) {
        return List.copyOf(told.getOrDefault(connection, new ConcurrentLinkedQueue<>()));
    }

    private long counted(String connection) {
        return told(connection).stream()
                .mapToLong(message ->
                        message.path("changes").size() + message.path("dropped").asLong())
                .sum();
    }

    @Test
    void aFlushWaitsForWhatIsStillToBeSent() {
        LiveTail liveTail = tail(this::send, Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            liveTail.accept(event("k" + i, "{}"));
            liveTail.flush();
            assertThat(counted("one")).isEqualTo(i + 1);
        }
    }

    @Test
    void aFlushWaitsNoLongerThanItLingersOrTheCallLasts() throws Exception {
        connections = List.of(connection("hanging"));
        LiveTail lingering = tail(this::send, Duration.ofMillis(100));
        lingering.accept(event("DEU", "{}"));
        long before = System.nanoTime();
        lingering.flush();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(100), SOON);
        lingering.destroy();

        LiveTail patient = tail(this::send, Duration.ofMinutes(1));
        patient.accept(event("DEU", "{}"));
        Instant begun = Instant.now();
        new Invocation("id", begun.plusMillis(400)).call(() -> {
            patient.flush();
            return true;
        });
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofMillis(100), SOON);
    }

    @Test
    void whileNobodyIsConnectedTheTableIsAskedOnceASecondAtMost() {
        connections = List.of();
        LiveTail liveTail = tail(this::send, Duration.ofMinutes(1));
        Instant before = Instant.now();
        for (int i = 0; i < 1_000; i++) {
            liveTail.accept(event("k" + i, "{}"));
        }
        liveTail.flush();

        assertThat(asked.get())
                .isBetween(1, 1 + (int) Duration.between(before, Instant.now()).toSeconds());
        connections = List.of(connection("one"));
        await().until(() -> {
            liveTail.accept(event("DEU", "{}"));
            return told.containsKey("one");
        });
    }

    @Test
    void aTableThatFailsIsAskedAgainAndWhatHasComeIsKept() {
        var failing = new AtomicInteger(1);
        var liveTail = new LiveTail(
                this::send,
                Turns.ALONE,
                _ -> {
                    if (failing.getAndDecrement() > 0) {
                        throw new IllegalStateException("s3cret");
                    }
                    return connections;
                },
                _ -> {},
                Duration.ZERO,
                Clock.systemUTC());
        tail = Optional.of(liveTail);
        liveTail.accept(event("DEU", "{}"));

        await().until(() -> told.containsKey("one"));
        assertThat(counted("one")).isEqualTo(1);
    }

    @Test
    void whereNothingCanBeSentNothingIsDone() {
        LiveTail liveTail = tail(Outlet.NONE, Duration.ofMinutes(1));
        liveTail.accept(event("DEU", "{}"));
        liveTail.flush();

        assertThat(asked.get()).isZero();
    }

    @Test
    void aChangeThatFitsIntoNoMessageIsToldWithoutItsData() {
        LiveTail liveTail = tail(this::send, Duration.ofMinutes(1));
        liveTail.accept(event("DEU", "{\"text\":\"%s\"}".formatted("x".repeat(40_000))));
        liveTail.flush();

        assertThat(told("one").getFirst().path("changes").toString())
                .isEqualTo(
                        "[{\"id\":\"id-DEU\",\"feed\":\"countries\",\"key\":\"DEU\",\"kind\":\"inserted\",\"time\":\"2026-11-29T12:00:00Z\",\"omitted\":\"data\"}]");
    }

    static ChangeEvent event(String key, String after) {
        return new ChangeEvent(
                "id-" + key,
                "/sluice",
                Change.Kind.INSERTED,
                "countries",
                key,
                Instant.parse("2026-11-29T12:00:00Z"),
                "0001",
                Json.NULL,
                Json.of(after),
                false,
                false,
                "");
    }
}
