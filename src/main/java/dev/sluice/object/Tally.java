package dev.sluice.object;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Where an entry is counted. A feed's entries are spread over several items of the ledger table, each with one number a
 * state, so that readers seldom meet at one. Entries that expire are counted in items that expire at the same moment.
 *
 * @param item the item's id
 */
record Tally(String item, ObjectState state, Optional<Instant> expires) {

    /** As many as fit into one request with all the weeks in which entries can expire. */
    private static final int SHARDS = 14;

    /** Empty if the entry is not counted: it is a part's, or of no feed. */
    static Optional<Tally> of(LedgerEntry entry) {
        if (ObjectId.isPart(entry.id()) || entry.feed().equals(LedgerEntry.NO_FEED)) {
            return Optional.empty();
        }
        int shard = Math.floorMod(entry.id().hashCode(), SHARDS);
        Optional<Instant> expires = LedgerItem.expires(entry);
        return Optional.of(new Tally(item(entry.feed(), shard, expires), entry.state(), expires));
    }

    /** The ids of all items in which a feed's entries are counted that have not expired by then. */
    static List<String> items(String feed, Instant now) {
        List<Optional<Instant>> expiries = Stream.concat(
                        Stream.of(Optional.<Instant>empty()),
                        LedgerItem.expiries(now).map(Optional::of))
                .toList();
        return IntStream.range(0, SHARDS)
                .boxed()
                .flatMap(shard -> expiries.stream().map(expires -> item(feed, shard, expires)))
                .toList();
    }

    /** No object's id has a colon, and no feed's name. */
    private static String item(String feed, int shard, Optional<Instant> expires) {
        return "tally:%s:%d".formatted(feed, shard)
                + expires.map(at -> ":" + at.getEpochSecond()).orElse("");
    }

    /** What counts an entry where it stands now, and no longer where it stood. */
    static Stream<Update.Builder> move(Optional<Tally> from, Optional<Tally> to) {
        return Stream.concat(
                        from.map(tally -> new Change(tally, -1)).stream(),
                        to.map(tally -> new Change(tally, 1)).stream())
                // A transaction takes no two updates of one item.
                .collect(Collectors.groupingBy(change -> change.tally().item()))
                .values()
                .stream()
                .map(Tally::update);
    }

    private record Change(Tally tally, int by) {

        String word() {
            return tally.state().word();
        }
    }

    private static Update.Builder update(List<Change> changes) {
        Tally tally = changes.getFirst().tally();
        var values = new HashMap<>(changes.stream()
                .collect(Collectors.toMap(
                        change -> ":" + change.word(), change -> AttributeValue.fromN(Integer.toString(change.by())))));
        tally.expires().ifPresent(at -> values.put(":expires", LedgerItem.seconds(at)));
        return Update.builder()
                .key(Map.of("id", AttributeValue.fromS(tally.item())))
                .updateExpression("ADD "
                        + changes.stream()
                                .map(change -> "#%1$s :%1$s".formatted(change.word()))
                                .collect(Collectors.joining(", "))
                        + tally.expires().map(_ -> " SET expires = :expires").orElse(""))
                // "missing" is a reserved word.
                .expressionAttributeNames(
                        changes.stream().collect(Collectors.toMap(change -> "#" + change.word(), Change::word)))
                .expressionAttributeValues(values);
    }
}
