package dev.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.MovingClock;
import dev.sluice.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is told what, and when: with a clock that the test moves and messages that arrive when it likes. */
class BroadcastTests {

    private static final Duration PACE = Duration.ofMillis(250);
    private static final int MOST_BYTES = 32 * 1024;
    private static final Instant BEGIN = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant LONG_AGO = BEGIN.minus(Duration.ofMinutes(10));

    private static final Map<String, Filter> FILTERS = Map.of(
            "all", new Filter(Optional.empty(), Optional.empty()),
            "feed", new Filter(Optional.of("a"), Optional.empty()),
            "key", new Filter(Optional.empty(), Optional.of("1")),
            "row", new Filter(Optional.of("b"), Optional.of("2")));

    private final MovingClock clock = new MovingClock(BEGIN);
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final List<String> gone = new ArrayList<>();
    private final Map<String, List<Message>> messages = new TreeMap<>();
    private final Map<String, List<Integer>> wanted = new TreeMap<>();
    private Outlet outlet = (_, _) -> Outlet.Outcome.SENT;
    private final Broadcast broadcast = new Broadcast(this::send, Turns.ALONE, gone::add, underWay::add, clock);
    private Instant turn = LONG_AGO;
    private int last;

    private record Message(Instant begun, Instant ended, JsonNode json, int bytes, Outlet.Outcome outcome) {

        boolean arrived() {
            return outcome == Outlet.Outcome.SENT;
        }
    }

    private Outlet.Outcome send(String connection, byte[] message) {
        Instant begun = clock.instant();
        Outlet.Outcome outcome = outlet.send(connection, message);
        messages.computeIfAbsent(connection, _ -> new ArrayList<>())
                .add(new Message(
                        begun, clock.instant(), JsonMapper.shared().readTree(message), message.length, outcome));
        return outcome;
    }

    @Property(tries = 60)
    void everyChangeThatAConnectionWantsIsToldOrCounted(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 200) int steps) {
        connect(LONG_AGO);
        outlet = (_, _) -> {
            // Meanwhile time passes and more comes.
            clock.pass(random.nextInt(300));
            tell(random);
            return random.nextInt(5) == 0 ? Outlet.Outcome.FAILED : Outlet.Outcome.SENT;
        };
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(6)) {
                case 0 -> clock.pass(random.nextInt(200));
                case 1 -> begin();
                case 2 -> arrive();
                default -> tell(random);
            }
        }
        outlet = (_, _) -> Outlet.Outcome.SENT;
        finish();

        FILTERS.keySet().forEach(this::check);
        assertThat(gone).isEmpty();
    }

    private void check(String connection) {
        List<Message> all = messages.getOrDefault(connection, List.of());
        List<Message> arrived = all.stream().filter(Message::arrived).toList();
        List<Integer> told = arrived.stream()
                .flatMap(message -> message.json().path("changes").valueStream())
                .map(change -> change.path("n").asInt())
                .toList();
        long dropped = arrived.stream()
                .mapToLong(message -> message.json().path("dropped").asLong())
                .sum();
        List<Integer> ofIt = wanted.getOrDefault(connection, List.of());

        assertThat(told).as(connection).isSorted();
        assertThat(new HashSet<>(told)).as(connection).hasSameSizeAs(told);
        assertThat(new HashSet<>(ofIt).containsAll(told)).as(connection).isTrue();
        assertThat(told.size() + dropped).as(connection).isEqualTo(ofIt.size());
        assertThat(all).allSatisfy(message -> {
            assertThat(message.bytes()).isLessThanOrEqualTo(MOST_BYTES);
            assertThat(message.json().path("changes").size()
                            + message.json().path("dropped").asLong())
                    .isPositive();
        });
        for (int i = 1; i < all.size(); i++) {
            assertThat(Duration.between(all.get(i - 1).ended(), all.get(i).begun()))
                    .as(connection)
                    .isGreaterThanOrEqualTo(PACE);
        }
    }

    @Property(tries = 60)
    void processesTogetherKeepThePaceToo(
            @ForAll Random random,
            @ForAll @IntRange(min = 2, max = 4) int processes,
            @ForAll @IntRange(min = 1, max = 200) int steps) {
        // As the connections table has it, which answers in its own time.
        Turns turns = (_, now) -> {
            clock.pass(random.nextInt(70));
            Instant next = turn.plus(PACE).plusMillis(50);
            if (now.isBefore(next)) {
                return Optional.of(next);
            }
            turn = now;
            return Optional.empty();
        };
        List<Broadcast> all = IntStream.range(0, processes)
                .mapToObj(_ -> new Broadcast(this::send, turns, gone::add, underWay::add, clock))
                .toList();
        all.forEach(one -> one.connected(
                List.of(new Connection("all", LONG_AGO, new Filter(Optional.empty(), Optional.empty())))));
        for (int i = 0; i < steps; i++) {
            Broadcast one = all.get(random.nextInt(processes));
            switch (random.nextInt(6)) {
                case 0 -> clock.pass(random.nextInt(200));
                case 1 -> one.send();
                case 2 -> arrive();
                default -> one.tell(next("a", "1", random.nextInt(3_000)));
            }
        }
        arriveAll();
        while (!all.stream().allMatch(one -> one.isIdle(Instant.MAX))) {
            clock.pass(10);
            all.forEach(Broadcast::send);
            arriveAll();
        }

        List<Message> told = messages.getOrDefault("all", List.of());
        assertThat(told.stream()
                        .mapToLong(message -> message.json().path("changes").size()
                                + message.json().path("dropped").asLong())
                        .sum())
                .isEqualTo(last);
        for (int i = 1; i < told.size(); i++) {
            assertThat(Duration.between(told.get(i - 1).begun(), told.get(i).begun()))
                    .isGreaterThanOrEqualTo(PACE);
        }
    }

    @Test
    void whatComesWithinAMomentIsOneMessage() {
        connect(LONG_AGO);
        change("a", "1", 10);
        begin();
        change("a", "1", 10);
        arriveAll();
        change("a", "1", 10);
        change("a", "1", 10);
        assertThat(broadcast.send()).contains(BEGIN.plus(PACE));
        assertThat(underWay).isEmpty();
        clock.pass(250);
        begin();
        arriveAll();

        assertThat(messages.getOrDefault("all", List.of()))
                .extracting(message -> message.json().path("changes").size())
                .containsExactly(2, 2);
        assertThat(messages).containsOnlyKeys("all", "feed", "key");
        assertThat(broadcast.isIdle(Instant.MAX)).isTrue();
    }

    @Test
    void whatFindsNoRoomIsCountedAndToldWithTheSameMessage() {
        connect(LONG_AGO);
        for (int i = 0; i < 40; i++) {
            change("c", "3", 1_000);
        }
        finish();

        JsonNode message = messages.getOrDefault("all", List.of()).getFirst().json();
        assertThat(message.path("changes").size()).isEqualTo(32);
        assertThat(message.path("dropped").asInt()).isEqualTo(8);
        assertThat(messages.getOrDefault("all", List.of())).hasSize(1);
    }

    @Test
    void aConnectionThatIsGoneIsToldNothingMoreAndTheOthersAre() {
        connect(LONG_AGO);
        outlet = (connection, _) -> connection.equals("all") ? Outlet.Outcome.GONE : Outlet.Outcome.SENT;
        change("a", "1", 10);
        finish();
        change("a", "1", 10);
        finish();

        assertThat(gone).containsExactly("all");
        assertThat(messages.getOrDefault("all", List.of())).hasSize(1);
        assertThat(messages.getOrDefault("feed", List.of())).hasSize(2);
    }

    @Test
    void aConnectionThatIsNotOpenYetIsNotGone() {
        connect(BEGIN.minusSeconds(1));
        outlet = (_, _) -> Outlet.Outcome.GONE;
        change("c", "3", 10);
        begin();
        arriveAll();
        assertThat(gone).isEmpty();
        outlet = (_, _) -> Outlet.Outcome.SENT;
        finish();

        Message second = messages.getOrDefault("all", List.of()).getLast();
        assertThat(second.arrived()).isTrue();
        assertThat(second.json().path("dropped").asInt()).isEqualTo(1);

        clock.pass(5_000);
        outlet = (_, _) -> Outlet.Outcome.GONE;
        change("c", "3", 10);
        finish();
        assertThat(gone).containsExactly("all");
    }

    @Test
    void aConnectionThatFailsIsLeftAloneForLongerAndLonger() {
        connect(LONG_AGO);
        outlet = (_, _) -> Outlet.Outcome.FAILED;
        change("c", "3", 10);
        for (int i = 0; i < 12; i++) {
            broadcast.send().ifPresent(clock::set);
            begin();
            arriveAll();
        }
        List<Message> all = messages.getOrDefault("all", List.of());
        var pauses = new ArrayList<Long>();
        for (int i = 1; i < all.size(); i++) {
            pauses.add(
                    Duration.between(all.get(i - 1).ended(), all.get(i).begun()).toMillis());
        }

        assertThat(pauses.subList(0, 3)).containsExactly(250L, 500L, 1_000L);
        assertThat(pauses.getLast()).isEqualTo(16_000L);
        outlet = (_, _) -> Outlet.Outcome.SENT;
        finish();
        assertThat(messages.getOrDefault("all", List.of())
                        .getLast()
                        .json()
                        .path("dropped")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aFilterCanBecomeAnotherAndAConnectionCanLeave() {
        connect(LONG_AGO);
        broadcast.connected(List.of(new Connection("all", LONG_AGO, new Filter(Optional.of("b"), Optional.empty()))));
        change("a", "1", 10);
        change("b", "1", 10);
        finish();

        assertThat(messages).containsOnlyKeys("all");
        assertThat(messages.getOrDefault("all", List.of())
                        .getFirst()
                        .json()
                        .path("changes")
                        .size())
                .isEqualTo(1);
        broadcast.connected(List.of());
        assertThat(broadcast.isToNobody()).isTrue();
    }

    private void connect(Instant connectedAt) {
        broadcast.connected(FILTERS.entrySet().stream()
                .map(entry -> new Connection(entry.getKey(), connectedAt, entry.getValue()))
                .toList());
    }

    private void tell(Random random) {
        String feed = random.nextBoolean() ? "a" : "b";
        String key = Integer.toString(1 + random.nextInt(3));
        int bytes = random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(3_000);
        if (random.nextInt(10) == 0) {
            broadcast.miss(next(feed, key, bytes));
        } else {
            change(feed, key, bytes);
        }
    }

    private void change(String feed, String key, int bytes) {
        broadcast.tell(next(feed, key, bytes));
    }

    private LiveChange next(String feed, String key, int bytes) {
        last++;
        FILTERS.forEach((connection, filter) -> {
            if (filter.feed().orElse(feed).equals(feed)
                    && filter.key().orElse(key).equals(key)) {
                wanted.computeIfAbsent(connection, _ -> new ArrayList<>()).add(last);
            }
        });
        return new LiveChange(feed, key, Json.of("{\"n\":%d,\"of\":\"%s\"}".formatted(last, "x".repeat(bytes))));
    }

    private void begin() {
        broadcast.send();
    }

    private void arrive() {
        Runnable message = underWay.poll();
        if (message != null) {
            message.run();
        }
    }

    private void arriveAll() {
        while (!underWay.isEmpty()) {
            arrive();
        }
    }

    private void finish() {
        arriveAll();
        while (!broadcast.isIdle(Instant.MAX)) {
            broadcast.send().ifPresent(clock::set);
            arriveAll();
        }
    }
}
