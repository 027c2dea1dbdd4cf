package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.row.Row;
import dev.sluice.setting.SettingException;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beans that rows go through on their way into the table, by the names that feeds give. */
final class Transforms {

    private static final Logger LOG = LoggerFactory.getLogger(Transforms.class);

    private final Map<String, Function<Row, Optional<Row>>> beans;

    Transforms(Map<String, Function<Row, Optional<Row>>> beans, Feeds feeds) {
        this.beans = beans;
        for (Feed feed : feeds.all()) {
            String name = feed.rules().transform();
            if (!name.isEmpty() && !beans.containsKey(name)) {
                throw new SettingException(
                        "The feed '%s' has the transform '%s', but the beans of type Function<Row, Optional<Row>> are %s."
                                .formatted(feed.name(), name, new TreeSet<>(beans.keySet())));
            }
        }
    }

    /**
     * The row as the feed's transform wants it; empty if it drops the row.
     *
     * @throws RejectedException if the transform throws, or gives what is no row of that key
     */
    Optional<Row> apply(Feed feed, Row row) throws RejectedException {
        Function<Row, Optional<Row>> transform = beans.get(feed.rules().transform());
        if (transform == null) {
            return Optional.of(row);
        }
        Optional<Row> result;
        Optional<String> fault;
        try {
            result = transform.apply(row);
            fault = result.flatMap(other -> fault(row, other));
        } catch (Throwable e) {
            // Also a checked exception, which Kotlin and Lombok need not declare and which would be taken for S3's.
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            // Its message may hold what it was given.
            LOG.debug(
                    "The transform {} threw {}.",
                    feed.rules().transform(),
                    e.getClass().getName());
            throw failure(feed, "threw " + e.getClass().getName());
        }
        if (fault.isPresent()) {
            throw failure(feed, fault.get());
        }
        return result;
    }

    /** A transform changes what a row says, not which row it is. */
    private static Optional<String> fault(Row row, Row other) {
        if (!row.key().equals(other.key()) || !row.source().equals(other.source())) {
            return Optional.of("changed the row's key or source");
        }
        return isWhole(other.data())
                ? Optional.empty()
                : Optional.of("left a null in the row, where Value.Null.NULL is meant");
    }

    /** What the compiler does not check of code that is not ours. */
    @SuppressWarnings("NullAway")
    private static boolean isWhole(Map<String, Value> fields) {
        return fields != null
                && fields.entrySet().stream().allMatch(field -> field.getKey() != null && isWhole(field.getValue()));
    }

    @SuppressWarnings("NullAway")
    private static boolean isWhole(Value value) {
        return switch (value) {
            case null -> false;
            case Value.Text(String text) -> text != null;
            case Value.Num(String digits) -> digits != null;
            case Value.Bool _, Value.Null _ -> true;
            case Value.Items(var items) -> items != null && items.stream().allMatch(Transforms::isWhole);
            case Value.Fields(var fields) -> isWhole(fields);
        };
    }

    private static RejectedException failure(Feed feed, String what) {
        return new RejectedException(
                RejectReason.TRANSFORM_FAILED,
                "",
                "The transform '%s' %s.".formatted(feed.rules().transform(), what));
    }
}
