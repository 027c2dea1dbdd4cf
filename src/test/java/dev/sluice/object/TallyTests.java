package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where an entry is counted. */
class TallyTests {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private static LedgerEntry entry(String key, String feed, ObjectState state, Instant updated) {
        LedgerEntry fresh = LedgerEntry.fresh(new ObjectNotice("files", key), feed, updated);
        return state == ObjectState.WAITING ? fresh : fresh.end(state, "", updated);
    }

    private static Tally tally(ObjectState state, Instant updated) {
        return Tally.of(entry("a", "f", state, updated)).orElseThrow();
    }

    /** Looked at whenever, it is found as long as it has not expired, and not any more. */
    @Property
    void anEntryIsCountedUntilItExpires(
            @ForAll @LongRange(max = 70 * 365 * 24 * 3_600L) long updated,
            @ForAll @LongRange(max = 40 * 24 * 3_600L) long later) {
        Tally tally = tally(ObjectState.REMOVED, Instant.ofEpochSecond(updated));
        Instant now = Instant.ofEpochSecond(updated + later);
        Instant expires = tally.expires().orElseThrow();

        assertThat(Tally.items("f", now).contains(tally.item())).isEqualTo(expires.isAfter(now));
        assertThat(Duration.between(Instant.ofEpochSecond(updated), expires).toSeconds())
                .isGreaterThan(30 * DAY)
                .isLessThanOrEqualTo(37 * DAY);
    }

    @Property
    void aLookIsOneRequest(@ForAll @LongRange(max = 70 * 365 * 24 * 3_600L) long now) {
        List<String> items = Tally.items("f", Instant.ofEpochSecond(now));

        assertThat(items).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "DONE", "FAILED"})
    void whatDoesNotExpireIsAlwaysCounted(ObjectState state) {
        Tally tally = tally(state, NOW);

        assertThat(tally.expires()).isEmpty();
        assertThat(Tally.items("f", NOW.plus(Duration.ofDays(4_000)))).contains(tally.item());
        assertThat(Tally.items("ff", NOW)).doesNotContain(tally.item());
    }

    @Test
    void partsAndObjectsOfNoFeedAreNotCounted() {
        assertThat(Tally.of(entry("a", LedgerEntry.NO_FEED, ObjectState.IGNORED, NOW)))
                .isEmpty();
        assertThat(Tally.of(entry("a", "f", ObjectState.WAITING, NOW).part(3, NOW)))
                .isEmpty();
    }

    @Test
    void entriesAreSpread() {
        var sizes = IntStream.range(0, 1_400)
                .mapToObj(i -> Tally.of(entry("2026/part-%05d.csv".formatted(i), "f", ObjectState.DONE, NOW))
                        .map(Tally::item)
                        .orElseThrow())
                .collect(Collectors.groupingBy(item -> item, Collectors.counting()));

        assertThat(sizes).hasSize(14).allSatisfy((_, size) -> assertThat(size).isLessThan(200));
    }

    @Test
    void aMoveThatStaysInAnItemIsOneUpdate() {
        Optional<Tally> waiting = Optional.of(tally(ObjectState.WAITING, NOW));
        Optional<Tally> done = Optional.of(tally(ObjectState.DONE, NOW));
        Optional<Tally> removed = Optional.of(tally(ObjectState.REMOVED, NOW));

        assertThat(Tally.move(Optional.empty(), waiting)).hasSize(1);
        assertThat(Tally.move(waiting, done)).hasSize(1);
        assertThat(Tally.move(done, removed)).hasSize(2);
        assertThat(Tally.move(removed, Optional.empty())).hasSize(1);
    }
}
