package dev.sluice.object;

import dev.sluice.object.LedgerIndex.Glance;
import dev.sluice.object.LedgerIndex.Latest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes on in a feed, by what the ledger says of its objects.
 *
 * @param counts how many objects are in each state
 * @param backlog how many objects wait or are being read
 * @param rowsPerMinute the last minutes without a gap, the present one at the end; minutes for which too many objects
 *     would have to be looked at are left out at the beginning
 * @param lastFailure the object that has failed last
 */
public record Activity(
        String feed,
        Map<ObjectState, Long> counts,
        long backlog,
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

    /** @param ended the latest of those that are done and of those that have failed */
    static Activity of(String feed, Map<ObjectState, Long> counts, List<Latest> ended, int minutes, Instant now) {
        return new Activity(
                feed,
                counts,
                counts.entrySet().stream()
                        .filter(count -> !count.getKey().isFinal())
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                minutes(ended, minutes, beginning(now)),
                ended.stream()
                        .filter(one -> one.state() == ObjectState.FAILED)
                        .flatMap(one -> one.entries().stream())
                        .findFirst()
                        .map(one -> new Failure(one.id(), one.key(), one.reason(), one.updated())));
    }

    private static List<Minute> minutes(List<Latest> ended, int minutes, Instant now) {
        // Of the minute in which a list was cut, some entries may be missing.
        Instant known = ended.stream()
                .filter(Latest::more)
                .flatMap(one -> one.entries().reversed().stream().limit(1))
                .map(oldest -> beginning(oldest.updated()).plus(MINUTE))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        Map<Instant, Minute> sums = ended.stream()
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
