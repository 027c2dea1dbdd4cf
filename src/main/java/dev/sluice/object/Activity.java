package dev.sluice.object;

import dev.sluice.object.LedgerIndex.Glance;
import dev.sluice.object.LedgerIndex.Latest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes on in a feed, by what the ledger says of its latest objects.
 *
 * @param counts how many objects are in each state
 * @param countsComplete whether there are no more than counted
 * @param countedInPart the states of which there are more
 * @param backlog how many objects wait or are being read, of those counted
 * @param rowsPerMinute the last minutes without a gap, the present one at the end; minutes for which too many objects
 *     would have to be looked at are left out at the beginning
 * @param lastFailure the object that has failed last
 */
public record Activity(
        String feed,
        Map<ObjectState, Integer> counts,
        boolean countsComplete,
        List<ObjectState> countedInPart,
        int backlog,
        List<Minute> rowsPerMinute,
        Optional<Failure> lastFailure) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * What the objects have brought whose reading ended in a minute; one that was read again counts at its last end only.
     *
     * @param minute its beginning
     */
    public record Minute(Instant minute, long rows, long rejects) {

        private Minute add(Minute other) {
            return new Minute(minute, rows + other.rows, rejects + other.rejects);
        }

        private static Minute of(Glance entry) {
            return new Minute(beginning(entry.updated()), entry.rows(), entry.rejects());
        }
    }

    /** An object that cannot be read. */
    public record Failure(String id, String key, String reason, Instant at) {}

    static Activity of(String feed, List<Latest> states, int minutes, Instant now) {
        Map<ObjectState, Latest> latest =
                new EnumMap<>(states.stream().collect(Collectors.toMap(Latest::state, Function.identity())));
        var counts = new EnumMap<ObjectState, Integer>(ObjectState.class);
        latest.forEach((state, one) -> counts.put(state, one.entries().size()));
        return new Activity(
                feed,
                counts,
                states.stream().noneMatch(Latest::more),
                states.stream().filter(Latest::more).map(Latest::state).toList(),
                counts.entrySet().stream()
                        .filter(count -> !count.getKey().isFinal())
                        .mapToInt(Map.Entry::getValue)
                        .sum(),
                minutes(states.stream().filter(one -> one.state().isRead()).toList(), minutes, beginning(now)),
                states.stream()
                        .filter(one -> one.state() == ObjectState.FAILED)
                        .flatMap(one -> one.entries().stream())
                        .findFirst()
                        .map(one -> new Failure(one.id(), one.key(), one.reason(), one.updated())));
    }

    private static List<Minute> minutes(List<Latest> read, int minutes, Instant now) {
        // Of the minute in which a list was cut, some entries may be missing.
        Instant known = read.stream()
                .filter(Latest::more)
                .flatMap(one -> one.entries().reversed().stream().limit(1))
                .map(oldest -> beginning(oldest.updated()).plus(MINUTE))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        Map<Instant, Minute> sums = read.stream()
                .map(Latest::entries)
                .flatMap(Collection::stream)
                .map(Minute::of)
                .collect(Collectors.toMap(Minute::minute, Function.identity(), Minute::add));
        return Stream.iterate(now.minus(MINUTE.multipliedBy(minutes - 1L)), minute -> minute.plus(MINUTE))
                .limit(minutes)
                .filter(minute -> !minute.isBefore(known))
                .map(minute -> sums.getOrDefault(minute, new Minute(minute, 0, 0)))
                .toList();
    }

    private static Instant beginning(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
