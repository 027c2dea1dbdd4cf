package dev.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.MovingClock;
import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.change.ChangeEvent;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.serverless.BeanAtWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lies in the connections table: tickets that let in once, and connections as long as they can be open. */
class ConnectionsIT {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00.750Z");
    private static final Filter EVERYTHING = new Filter(Optional.empty(), Optional.empty());

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext context;

    @SuppressWarnings("NullAway.Init")
    private static ConnectionSettings table;

    private final MovingClock clock = new MovingClock(NOW);
    private final AwsClients aws = context.getBean(AwsClients.class);
    private final Connections connections = new Connections(aws, table);
    private final Tickets tickets = new Tickets(aws, table, new LiveSettings("", "", Duration.ZERO), clock);

    @BeforeAll
    static void start() {
        LocalCloud cloud = LocalCloud.shared();
        cloud.useInThisJvm();
        table = new ConnectionSettings(
                LocalResources.create(cloud, "connections").connectionsTable());
        context = new SpringApplicationBuilder(AwsConfiguration.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void aTicketLetsInOnce() throws Exception {
        String ticket = tickets.issue().ticket();
        Callable<Boolean> take = () -> tickets.take(ticket);
        long in = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var taken : threads.invokeAll(Collections.nCopies(4, take))) {
                in += taken.get() ? 1 : 0;
            }
        }

        assertThat(in).isEqualTo(1);
        assertThat(tickets.take(ticket)).isFalse();
        assertThat(tickets.take("")).isFalse();
        assertThat(tickets.take("ticket:" + ticket)).isFalse();
    }

    @Test
    void aTicketLetsInForHalfAMinute() {
        LiveTicket early = tickets.issue();
        LiveTicket late = tickets.issue();
        assertThat(early.expires()).isEqualTo(Instant.parse("2026-11-29T12:00:30Z"));
        clock.pass(29_000);
        assertThat(tickets.take(early.ticket())).isTrue();
        clock.pass(1_000);
        assertThat(tickets.take(late.ticket())).isFalse();
    }

    @Test
    void theTableHoldsNoTicketThatCouldBeUsed() {
        String ticket = tickets.issue().ticket();

        assertThat(aws.dynamoDb().scan(scan -> scan.tableName(table.table())).items())
                .isNotEmpty()
                .noneMatch(item -> item.toString().contains(ticket));
    }

    @Test
    void whoIsConnectedIsKnownUntilItCannotBeSoAnyMore() {
        tickets.issue();
        connections.add("early", NOW.minusSeconds(7_201));
        connections.add("open", NOW.minusSeconds(7_199));
        connections.add("filtered", NOW);
        assertThat(connections.filter("filtered", new Filter(Optional.of("countries"), Optional.of("DEU"))))
                .isTrue();

        assertThat(connections.open(NOW))
                .containsExactlyInAnyOrder(
                        new Connection("open", Instant.parse("2026-11-29T10:00:01Z"), EVERYTHING),
                        new Connection(
                                "filtered",
                                Instant.parse("2026-11-29T12:00:00Z"),
                                new Filter(Optional.of("countries"), Optional.of("DEU"))));

        connections.forget("open");
        connections.remove("early");
        connections.remove("filtered");
        assertThat(connections.open(NOW)).isEmpty();
    }

    @Test
    void oneOfSeveralTakesTheTurn() throws Exception {
        connections.add("turns", NOW);
        Callable<Optional<Instant>> take = () -> connections.takeTurn("turns", NOW);
        var later = new ArrayList<Instant>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var taken : threads.invokeAll(Collections.nCopies(4, take))) {
                taken.get().ifPresent(later::add);
            }
        }

        assertThat(later).containsExactlyElementsOf(Collections.nCopies(3, NOW.plusMillis(300)));
        assertThat(connections.takeTurn("turns", NOW.plusMillis(299))).contains(NOW.plusMillis(300));
        assertThat(connections.takeTurn("turns", NOW.plusMillis(300))).isEmpty();
        connections.remove("turns");
    }

    @Test
    void whoIsNotThereHasNoTurn() {
        assertThat(connections.takeTurn("nobody", NOW)).contains(NOW.plusMillis(300));
        assertThat(connections.open(NOW)).extracting(Connection::id).doesNotContain("nobody");
        assertThat(new Connections(aws, new ConnectionSettings("no-such-table")).takeTurn("one", NOW))
                .contains(NOW.plusMillis(300));
    }

    /** As the live function's instances do, one for each shard. */
    @Test
    void severalTailsTellAConnectionAtOnePace() {
        connections.add("watched", Instant.now());
        var taken = new ConcurrentSkipListSet<Instant>();
        Turns turns = (connection, now) -> {
            Optional<Instant> later = connections.takeTurn(connection, now);
            if (connection.equals("watched") && later.isEmpty() && !taken.add(now)) {
                throw new IllegalStateException("Two have taken the turn of " + now);
            }
            return later;
        };
        var told = new AtomicInteger();
        Outlet outlet = (connection, message) -> {
            if (connection.equals("watched")) {
                JsonNode json = JsonMapper.shared().readTree(message);
                told.addAndGet(
                        json.path("changes").size() + json.path("dropped").asInt());
            }
            return Outlet.Outcome.SENT;
        };
        List<LiveTail> tails = IntStream.range(0, 3)
                .mapToObj(_ -> new LiveTail(
                        outlet,
                        turns,
                        connections::open,
                        connections::forget,
                        Duration.ofSeconds(20),
                        Clock.systemUTC()))
                .toList();
        try {
            for (int i = 0; i < 4; i++) {
                for (LiveTail tail : tails) {
                    Object _ = BeanAtWork.as("liveTail", (ChangeEvent event) -> {
                                tail.accept(event);
                                return event;
                            })
                            .apply(LiveTailTests.event("DEU", "{}"));
                }
                tails.getFirst().flush();
            }
            tails.forEach(LiveTail::flush);
        } finally {
            tails.forEach(LiveTail::destroy);
            connections.remove("watched");
        }

        assertThat(told.get()).isEqualTo(12);
        Instant before = Instant.EPOCH;
        for (Instant turn : taken) {
            assertThat(turn.toEpochMilli() - 300).isGreaterThanOrEqualTo(before.toEpochMilli());
            before = turn;
        }
    }

    @Test
    void whoCannotBeForgottenNowIsNoFailure() {
        new Connections(aws, new ConnectionSettings("no-such-table")).forget("one");
    }
}
