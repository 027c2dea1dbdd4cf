package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.object.Activity.Minute;
import dev.sluice.object.LedgerIndex.Glance;
import dev.sluice.object.LedgerIndex.Latest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What goes on in a feed, made of its latest objects. */
class ActivityTests {

    private static final Instant NOW = Instant.parse("2026-01-31T12:30:20Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Property
    void eachMinuteThatIsToldIsToldWhole(
            @ForAll @Size(max = 40) List<@IntRange(max = 900) Integer> done,
            @ForAll @Size(max = 40) List<@IntRange(max = 900) Integer> failed,
            @ForAll @IntRange(min = 1, max = 50) int limit,
            @ForAll @IntRange(min = 1, max = 20) int minutes) {
        List<Glance> all = new ArrayList<>(entries(done));
        all.addAll(entries(failed));

        Activity activity = Activity.of(
                "f",
                Map.of(),
                List.of(latest(ObjectState.DONE, done, limit), latest(ObjectState.FAILED, failed, limit)),
                minutes,
                NOW);

        assertThat(activity.rowsPerMinute()).allSatisfy(minute -> {
            List<Glance> during = all.stream()
                    .filter(one -> !one.updated().isBefore(minute.minute())
                            && one.updated().isBefore(minute.minute().plus(MINUTE)))
                    .toList();
            assertThat(minute.rows())
                    .isEqualTo(during.stream().mapToLong(Glance::rows).sum());
            assertThat(minute.rejects())
                    .isEqualTo(during.stream().mapToLong(Glance::rejects).sum());
        });
        // Without a gap up to the present one, and all that were asked for unless a list was cut.
        int told = activity.rowsPerMinute().size();
        for (int i = 0; i < told; i++) {
            assertThat(activity.rowsPerMinute().get(i).minute())
                    .isEqualTo(Instant.parse("2026-01-31T12:30:00Z").minus(MINUTE.multipliedBy(told - 1L - i)));
        }
        boolean cut = done.size() > limit || failed.size() > limit;
        assertThat(told).isLessThanOrEqualTo(minutes);
        if (!cut) {
            assertThat(told).isEqualTo(minutes);
        }
    }

    /** Objects that ended so many seconds ago. */
    private static List<Glance> entries(List<Integer> secondsAgo) {
        return secondsAgo.stream()
                .map(seconds -> new Glance("id" + seconds, "key", "why", seconds + 1, 1, NOW.minusSeconds(seconds)))
                .sorted(Comparator.comparing(Glance::updated).reversed())
                .toList();
    }

    private static Latest latest(ObjectState state, List<Integer> secondsAgo, int limit) {
        return new Latest(state, entries(secondsAgo).stream().limit(limit).toList(), secondsAgo.size() > limit);
    }

    @Test
    void countsBacklogAndTheLastFailure() {
        Map<ObjectState, Long> counts = Map.of(
                ObjectState.WAITING,
                2_000L,
                ObjectState.READING,
                3L,
                ObjectState.DONE,
                7_000_000_000L,
                ObjectState.FAILED,
                2L);

        Activity activity = Activity.of(
                "f",
                counts,
                List.of(latest(ObjectState.DONE, List.of(61), 10), latest(ObjectState.FAILED, List.of(30, 10), 10)),
                2,
                NOW);

        assertThat(activity.counts()).isEqualTo(counts);
        assertThat(activity.backlog()).isEqualTo(2_003);
        assertThat(activity.rowsPerMinute())
                .containsExactly(
                        new Minute(Instant.parse("2026-01-31T12:29:00Z"), 62 + 31, 2),
                        new Minute(Instant.parse("2026-01-31T12:30:00Z"), 11, 1));
        assertThat(activity.lastFailure())
                .isEqualTo(Optional.of(new Activity.Failure("id10", "key", "why", NOW.minusSeconds(10))));
    }
}
