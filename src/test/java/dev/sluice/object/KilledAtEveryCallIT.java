package dev.sluice.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.MovingClock;
import dev.sluice.invocation.Invocation;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.object.LedgerEntry.Counts;
import dev.sluice.object.ReaderProcess.KilledError;
import dev.sluice.row.Row;
import dev.sluice.row.RowTable;
import dev.sluice.value.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A reader is killed at each call of a reading, before it takes effect and after, or has that call fail: whoever reads on comes
 * to the rows, rejects and counts of one to whom nothing happened.
 */
class KilledAtEveryCallIT {

    private static final int RECORDS = 14;
    private static final int LEFT = 10;
    private static final int EACH_BAD = 10;

    /** A checkpoint comes after so many. */
    private static final int EACH_CHECKPOINT = 5;

    /** Longer than a lease and a call together, in milliseconds. */
    private static final int UNTIL_TAKEOVER = 5_000;

    /** Far more calls than a reading makes. */
    private static final int MOST_LIVES = 1_000;

    /** Moves by itself where a checkpoint is to be, and nowhere else: so all lives make the same calls. */
    private static final MovingClock CLOCK = new MovingClock(Instant.EPOCH);

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init")
    private static LocalCloud cloud;

    @SuppressWarnings("NullAway.Init")
    private static LocalResources resources;

    @SuppressWarnings("NullAway.Init")
    private static LeftNotices workQueue;

    @SuppressWarnings("NullAway.Init")
    private static ReaderProcess process;

    /** What somebody still has to be told. */
    private final Deque<ObjectNotice> left = new ArrayDeque<>();

    /** What is read, by the ending of the object's key. */
    enum Reading {
        /** Whole, with rejects and several checkpoints. */
        ROWS("csv"),
        /** As the newer one of two, so that rows of the older one are removed. */
        SNAPSHOT("snapshot"),
        /** Not at all any more: all its rows are removed. */
        REMOVAL("snapshot"),
        /** In parts. */
        PARTS("parts");

        private final String ending;

        Reading(String ending) {
            this.ending = ending;
        }

        private String key(int life) {
            return "%s.%s".formatted(name(life), ending);
        }

        private String name(int life) {
            return "%s-%d".formatted(name(), life);
        }

        private boolean isSecond() {
            return this == SNAPSHOT || this == REMOVAL;
        }
    }

    /** What a reading has come to. */
    private record Result(
            ObjectState state,
            String reason,
            Counts counts,
            long bytes,
            Map<String, Map<String, Value>> rows,
            List<String> sources,
            List<String> rejects) {}

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Clock clock() {
            return CLOCK;
        }

        @Bean
        Function<Row, Optional<Row>> ticking() {
            return row -> {
                if (Integer.parseInt(text(row, "id")) % EACH_CHECKPOINT == EACH_CHECKPOINT - 1) {
                    CLOCK.pass(10);
                }
                return Optional.of(row);
            };
        }
    }

    private static String text(Row row, String column) {
        return row.data().get(column) instanceof Value.Text(String text) ? text : "";
    }

    @BeforeAll
    static void start() {
        CLOCK.set(Instant.now());
        cloud = LocalCloud.shared();
        cloud.useInThisJvm();
        resources = LocalResources.create(cloud, "lives");
        workQueue = new LeftNotices(cloud, resources.workQueue());
        process = new ReaderProcess(
                List.of(Beans.class),
                Stream.concat(
                                resources.settings(cloud).entrySet().stream()
                                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()),
                                Stream.of(
                                        "--logging.level.dev.sluice=off",
                                        "--sluice.aws.call-timeout=1s",
                                        "--sluice.reading.lease=2200ms",
                                        "--sluice.reading.checkpoint=10ms",
                                        "--sluice.rows.writers=1",
                                        "--sluice.rows.partitions=1",
                                        "--sluice.rows.index-lag=0ms",
                                        "--sluice.feeds[0].name=csv",
                                        "--sluice.feeds[0].match.key={life}.csv",
                                        "--sluice.feeds[0].format=csv",
                                        "--sluice.feeds[0].key=life,id",
                                        "--sluice.feeds[0].transform=ticking",
                                        "--sluice.feeds[1].name=snapshot",
                                        "--sluice.feeds[1].match.key={life}.snapshot",
                                        "--sluice.feeds[1].format=csv",
                                        "--sluice.feeds[1].key=life,id",
                                        "--sluice.feeds[1].transform=ticking",
                                        "--sluice.feeds[1].mode=snapshot",
                                        "--sluice.feeds[1].on-delete=remove",
                                        "--sluice.feeds[2].name=parts",
                                        "--sluice.feeds[2].match.key={life}.parts",
                                        "--sluice.feeds[2].format=csv",
                                        "--sluice.feeds[2].key=life,id",
                                        "--sluice.feeds[2].transform=ticking",
                                        "--sluice.feeds[2].overwrite=row",
                                        "--sluice.feeds[2].newlines-in-quotes=false",
                                        "--sluice.feeds[2].split=1KB"))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        process.close();
        Map<String, Integer> kills = process.kills();
        System.out.println("A reader was killed: " + kills);
        Map<String, Set<String>> sides = kills.keySet().stream()
                .map(when -> when.split(" "))
                .collect(groupingBy(when -> when[1], mapping(when -> when[0], toSet())));
        assertThat(sides)
                .isNotEmpty()
                .allSatisfy((call, side) -> assertThat(side).as(call).containsExactlyInAnyOrder("before", "after"));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverReadsOnComesToTheSame(Reading reading) throws Exception {
        int life = 0;
        int survived = 0;
        // All make the same calls; should they not, the last ones would show it.
        while (survived < 3) {
            assertThat(++life).isLessThan(MOST_LIVES);
            survived = live(reading, life) ? survived + 1 : 0;
        }
        // No lease is left, and nobody has to be waited for.
        CLOCK.pass(UNTIL_TAKEOVER);
        tellAll();

        Result unharmed = result(reading, life);
        assertThat(unharmed.counts()).isEqualTo(counts(reading));
        assertThat(unharmed.rows()).hasSize((int)
                (reading == Reading.REMOVAL ? 0 : unharmed.counts().rows()));
        assertThat(life).as("calls, before and after").isGreaterThan(20);
        for (int killed = 1; killed < life; killed++) {
            assertThat(result(reading, killed))
                    .as("%s, killed by call %d", reading, killed)
                    .isEqualTo(unharmed);
        }
    }

    /**
     * A row whose removal was not answered is one that nobody knows to be removed; and where the ledger does not take how many
     * were, that is lost.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PARTS")
    void whatFailsOnceIsTriedAgain(Reading reading) throws Exception {
        int reached = 0;
        boolean failed = true;
        while (failed) {
            assertThat(++reached).isLessThan(MOST_LIVES);
            ObjectNotice notice = prepare(reading, MOST_LIVES + reached);
            var failing = new FailingOnce(reached);
            process.begin(failing);
            try {
                read(new ArrayDeque<>(List.of(notice)));
            } finally {
                process.end();
            }
            failed = failing.left == 0;
        }
        tellAll();

        Result unharmed = result(reading, MOST_LIVES + reached);
        long removed = removed(reading, MOST_LIVES + reached);
        for (int call = 1; call < reached; call++) {
            assertThat(result(reading, MOST_LIVES + call))
                    .as("%s, call %d failed", reading, call)
                    .isEqualTo(unharmed);
        }
        assertThat(IntStream.range(1, reached).filter(call -> removed(reading, MOST_LIVES + call) < removed - 1))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static long removed(Reading reading, int life) {
        return entry(reading, life).counts().removed();
    }

    private static Counts counts(Reading reading) {
        int records = reading == Reading.SNAPSHOT ? LEFT : RECORDS;
        int bad = records / EACH_BAD;
        return new Counts(records, records - bad, bad, 0, 0);
    }

    /** False if it did not survive that. */
    private boolean live(Reading reading, int life) throws Exception {
        var own = new ArrayDeque<>(List.of(prepare(reading, life)));
        process.begin(new Unfailing(), life);
        try {
            read(own);
            return true;
        } catch (KilledError _) {
            left.addAll(own);
            return false;
        } finally {
            process.end();
        }
    }

    /** Puts what is to be read there. */
    private ObjectNotice prepare(Reading reading, int life) throws Exception {
        CLOCK.pass(1);
        String key = reading.key(life);
        var notice = new ObjectNotice(resources.bucket(), key);
        if (reading.isSecond()) {
            put(key, content(RECORDS, "first"));
            read(new ArrayDeque<>(List.of(notice)));
            CLOCK.pass(1);
        }
        switch (reading) {
            case REMOVAL ->
                cloud.s3Client()
                        .deleteObject(of -> of.bucket(resources.bucket()).key(key));
            case SNAPSHOT -> put(key, content(LEFT, "second"));
            case ROWS, PARTS -> put(key, content(RECORDS, "only"));
        }
        return notice;
    }

    /** Reads until nothing is left of an object. */
    private void read(Deque<ObjectNotice> own) throws Exception {
        String key = own.element().key();
        while (!own.isEmpty()) {
            List<ObjectNotice> unread =
                    process.read(own.element(), Invocation.unbounded()).unread();
            own.remove();
            if (!unread.isEmpty()) {
                own.addAll(unread);
                CLOCK.pass(UNTIL_TAKEOVER);
            }
            workQueue.take(other -> (other.key().equals(key) ? own : left).add(other));
        }
    }

    /** Nothing fails but what the process dies of. */
    private static final class Unfailing extends Random {
        private static final long serialVersionUID = 1L;

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    }

    /** One call fails, before it takes effect or after. */
    private static final class FailingOnce extends Random {
        private static final long serialVersionUID = 1L;

        private int left;

        FailingOnce(int left) {
            this.left = left;
        }

        @Override
        public int nextInt(int bound) {
            return left > 0 && --left == 0 ? 19 : bound - 1;
        }
    }

    /** Each bad line has a field too many. */
    private static String content(int records, String text) {
        return IntStream.range(0, records)
                .mapToObj(i -> "%d,%s %s%s\n".formatted(i, text, "x".repeat(90), i % EACH_BAD == 7 ? "," : ""))
                .collect(joining("", "id,text\n", ""));
    }

    private static void put(String key, String content) {
        cloud.s3Client()
                .putObject(
                        of -> of.bucket(resources.bucket()).key(key), RequestBody.fromBytes(content.getBytes(UTF_8)));
    }

    private void tellAll() {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(LONGEST)
                .until(this::isAllTold);
    }

    /** Reads one more of what is left. */
    private boolean isAllTold() throws Exception {
        workQueue.take(left::add);
        ObjectNotice notice = left.poll();
        if (notice != null) {
            left.addAll(process.read(notice, Invocation.unbounded()).unread());
        }
        return left.isEmpty() && workQueue.isEmpty();
    }

    private static Result result(Reading reading, int life) {
        LedgerEntry entry = entry(reading, life);
        Counts counts = entry.counts();
        List<Row> rows = process.bean(RowTable.class)
                .list(entry.feed(), reading.name(life) + "|", "", 2 * RECORDS)
                .rows();
        var data = new TreeMap<String, Map<String, Value>>();
        rows.forEach(row -> {
            var columns = new TreeMap<>(row.data());
            columns.remove("life");
            assertThat(row.source().version()).isEqualTo(entry.version());
            data.put(row.key().key().substring(row.key().key().indexOf('|')), columns);
        });
        return new Result(
                entry.state(),
                entry.reason(),
                // Of the removed rows one that is killed can tell too few.
                new Counts(counts.records(), counts.rows(), counts.rejects(), counts.dropped(), 0),
                entry.bytes(),
                data,
                rows.stream()
                        .map(row -> row.source().line() + " " + row.source().offset()
                                + row.source().linesFrom())
                        .sorted()
                        .toList(),
                rejects(entry));
    }

    private static LedgerEntry entry(Reading reading, int life) {
        return process.bean(Ledger.class)
                .find(ObjectId.of(resources.bucket(), reading.key(life)))
                .orElseThrow();
    }

    private static List<String> rejects(LedgerEntry entry) {
        return process.bean(Rejects.class).list(entry, "", RECORDS, 1 << 20).rejects().stream()
                .map(reject -> new String(reject.utf8(), UTF_8))
                .toList();
    }
}
