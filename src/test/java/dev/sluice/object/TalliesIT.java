package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.MovingClock;
import dev.sluice.aws.AwsClients;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.object.Ledger.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Objects are counted by feed and state, each once, whatever becomes of those who read them. */
class TalliesIT {

    private static final Duration LENGTH = Duration.ofSeconds(90);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private static LocalResources resources;

    @SuppressWarnings("NullAway.Init")
    private static LocalCloud cloud;

    @SuppressWarnings("NullAway.Init")
    private static ReaderProcess process;

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-30T12:00:00Z"));

    @BeforeAll
    static void start() {
        cloud = LocalCloud.shared();
        cloud.useInThisJvm();
        resources = LocalResources.create(cloud, "tallies");
        process = new ReaderProcess(Stream.concat(
                        resources.settings(cloud).entrySet().stream()
                                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()),
                        Stream.of(
                                "--sluice.feeds[0].name=many",
                                "--sluice.feeds[0].match.key=many/*",
                                "--sluice.feeds[0].format=lines"))
                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    /** More than are looked at for rows by minute, by many readers at once. */
    @Test
    void countsAreTrueHoweverManyObjectsThereAre() throws Exception {
        int done = 1_020;
        int waiting = 30;
        try (var readers = Executors.newFixedThreadPool(16)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < done + waiting; i++) {
                LedgerEntry fresh = fresh("many", "many/" + i);
                boolean ends = i < done;
                running.add(readers.submit(() -> {
                    Lease lease = take(fresh, Clock.systemUTC());
                    if (ends) {
                        ledger().put(reading(fresh), lease);
                        ledger().putAndRelease(reading(fresh).end(ObjectState.DONE, "", Instant.now()), lease);
                    }
                    return lease;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        Activity activity = process.bean(FeedActivity.class).of("many", 60);

        assertThat(activity.counts())
                .containsOnlyKeys(LedgerIndex.STATES)
                .containsEntry(ObjectState.DONE, (long) done)
                .containsEntry(ObjectState.WAITING, (long) waiting)
                .containsEntry(ObjectState.READING, 0L);
        assertThat(activity.backlog()).isEqualTo(waiting);
    }

    @Test
    void aTryThatTookEffectUnheardIsCountedOnce() {
        LedgerEntry fresh = fresh("unheard", "a");
        Lease lease = take(fresh);
        LedgerEntry reading = reading(fresh);

        fail(0, 1);
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> ledger().put(reading, lease));
        process.end();
        assertThatExceptionOfType(Lease.LostException.class).isThrownBy(() -> ledger().put(reading, lease));
        assertThat(counts("unheard")).isEqualTo(Map.of(ObjectState.READING, 1L));

        clock.pass(121_000);
        Lease next = take(fresh);
        assertThat(next.kept().state()).isEqualTo(ObjectState.READING);
        ledger().putAndRelease(next.kept().end(ObjectState.FAILED, "", clock.instant()), next);
        assertThat(counts("unheard")).isEqualTo(Map.of(ObjectState.FAILED, 1L));
    }

    @Test
    void anEntryThatWasBegunUnheardIsCountedOnce() {
        LedgerEntry fresh = fresh("begun", "a");

        // There is no lease to be had of nothing, which has no after; then the entry is put, which is not heard.
        fail(0, 0, 1);
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> take(fresh));
        process.end();
        assertThat(counts("begun")).isEqualTo(Map.of(ObjectState.WAITING, 1L));

        assertThat(ledger().begin(fresh)).isFalse();
        clock.pass(121_000);
        take(fresh);
        assertThat(counts("begun")).isEqualTo(Map.of(ObjectState.WAITING, 1L));
    }

    @Test
    void aReaderThatWasReplacedCountsNothing() {
        LedgerEntry fresh = fresh("replaced", "a");
        Lease first = take(fresh);
        ledger().put(reading(fresh), first);
        clock.pass(121_000);
        Lease second = take(fresh);
        ledger().putAndRelease(reading(fresh).end(ObjectState.DONE, "", clock.instant()), second);

        assertThatExceptionOfType(Lease.LostException.class).isThrownBy(() -> ledger().putAndRelease(
                        first.kept().end(ObjectState.FAILED, "", clock.instant()), first));
        assertThat(counts("replaced")).isEqualTo(Map.of(ObjectState.DONE, 1L));
    }

    @Test
    void aPutThatTakesEffectLateBringsNothingBack() {
        LedgerEntry fresh = fresh("late", "a");
        Lease lease = take(fresh);
        ledger().put(reading(fresh), lease);
        LedgerEntry checkpoint = lease.kept().touch(clock.instant());
        ledger().putAndRelease(lease.kept().end(ObjectState.DONE, "", clock.instant()), lease);

        // As if it had been on its way since before the end.
        assertThatExceptionOfType(Lease.LostException.class).isThrownBy(() -> ledger().put(checkpoint, lease));
        assertThat(ledger().find(fresh.id()).map(LedgerEntry::state)).contains(ObjectState.DONE);
        assertThat(counts("late")).isEqualTo(Map.of(ObjectState.DONE, 1L));
    }

    @Test
    void whatExpiresIsCountedUntilThenAndTakenFromWhereItStood() {
        LedgerEntry fresh = fresh("gone", "a");
        Lease lease = take(fresh);
        LedgerEntry removed = reading(fresh).end(ObjectState.REMOVED, "", clock.instant());
        ledger().putAndRelease(removed, lease);
        Instant expires = LedgerItem.expires(removed).orElseThrow();
        assertThat(expires)
                .isBetween(
                        clock.instant().plus(Duration.ofDays(30)),
                        clock.instant().plus(Duration.ofDays(37)));

        assertThat(counts("gone", expires.minusMillis(1))).isEqualTo(Map.of(ObjectState.REMOVED, 1L));
        assertThat(counts("gone", expires)).isEmpty();

        // It has not been deleted yet, and comes back.
        clock.set(expires.plusSeconds(60));
        Lease late = take(fresh);
        ledger().putAndRelease(reading(late.kept()), late);
        assertThat(counts("gone")).isEqualTo(Map.of(ObjectState.READING, 1L));
        assertThat(counts("gone", expires.minusMillis(1))).isEqualTo(Map.of(ObjectState.READING, 1L));
        // And what counted it goes away with it, also where it was counted anew after that had happened.
        assertThat(tally(Tally.of(removed).orElseThrow().item()))
                .containsEntry("expires", AttributeValue.fromN(Long.toString(expires.getEpochSecond())));
    }

    @Test
    void anObjectIsCountedInTheFeedThatItBelongsTo() {
        LedgerEntry fresh = fresh(LedgerEntry.NO_FEED, "a");
        Lease lease = take(fresh);
        assertThat(counts(LedgerEntry.NO_FEED)).isEmpty();

        ledger().put(fresh.begin("first", "v", "e", 1, clock.instant()), lease);
        assertThat(counts("first")).isEqualTo(Map.of(ObjectState.READING, 1L));

        ledger().put(fresh.begin("second", "v", "e", 1, clock.instant()), lease);
        assertThat(counts("first")).isEmpty();
        assertThat(counts("second")).isEqualTo(Map.of(ObjectState.READING, 1L));

        // What changes neither feed nor state is not counted again.
        ledger().put(lease.kept().touch(clock.instant()), lease);
        assertThat(counts("second")).isEqualTo(Map.of(ObjectState.READING, 1L));
    }

    private static Ledger ledger() {
        return process.bean(Ledger.class);
    }

    private LedgerEntry fresh(String feed, String key) {
        return LedgerEntry.fresh(new ObjectNotice("of-" + feed, key), feed, clock.instant());
    }

    private LedgerEntry reading(LedgerEntry entry) {
        return entry.begin(entry.feed(), "v", "e", 1, clock.instant());
    }

    private Lease take(LedgerEntry fresh) {
        return take(fresh, clock);
    }

    private static Lease take(LedgerEntry fresh, Clock clock) {
        var lease = new Lease(ledger(), fresh.id(), LENGTH, CALL_TIMEOUT, clock);
        assertThat(ledger().claim(fresh, lease)).isInstanceOf(Claim.Taken.class);
        return lease;
    }

    /** Before and after each call from now on: whether it fails then. */
    private static void fail(int... fates) {
        Queue<Integer> left = new ArrayDeque<>();
        for (int fate : fates) {
            left.add(fate == 0 ? 399 : 19);
        }
        process.begin(new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public int nextInt(int bound) {
                return left.isEmpty() ? bound - 1 : left.remove();
            }
        });
    }

    private Map<ObjectState, Long> counts(String feed) {
        return counts(feed, clock.instant());
    }

    /** Those that are not zero. */
    private static Map<ObjectState, Long> counts(String feed, Instant now) {
        var counts = new EnumMap<>(
                new Tallies(process.bean(AwsClients.class), new LedgerSettings(resources.ledgerTable())).of(feed, now));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static Map<String, AttributeValue> tally(String id) {
        return cloud.dynamoDbClient()
                .getItem(get -> get.tableName(resources.ledgerTable())
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .consistentRead(true))
                .item();
    }
}
