package dev.sluice.object;

import dev.sluice.aws.Item;
import dev.sluice.format.Place;
import dev.sluice.value.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A ledger entry as an item of the ledger table, and back. */
final class LedgerItem {

    /** Entries of objects that Sluice has nothing of go away by themselves (the table's TTL attribute). */
    private static final Duration KEPT = Duration.ofDays(30);

    /** They go away together at the end of a week, so that what counts them can go away with them. */
    private static final Duration WEEK = Duration.ofDays(7);

    static final String LEASE_UNTIL = "leaseUntil";
    static final String STATE_TIME = "stateTime";

    /** Sorts as text. */
    private static final DateTimeFormatter SORTED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private LedgerItem() {}

    /** The entry's attributes and its lease's. */
    static Map<String, AttributeValue> of(LedgerEntry entry, Lease lease) {
        var item = of(entry);
        item.put("holder", text(lease.holder()));
        item.put(LEASE_UNTIL, millis(lease.until()));
        return item;
    }

    /** The entry's attributes; nobody has its lease. */
    static Map<String, AttributeValue> of(LedgerEntry entry) {
        var item = new HashMap<String, AttributeValue>();
        item.put("id", text(entry.id()));
        item.put("bucket", text(entry.bucket()));
        item.put("key", text(entry.key()));
        item.put("version", text(entry.version()));
        item.put("eTag", text(entry.eTag()));
        item.put("feed", text(entry.feed()));
        item.put("state", text(entry.state().word()));
        item.put("reason", text(entry.reason()));
        item.put("message", text(entry.message()));
        item.put("records", number(entry.counts().records()));
        item.put("rows", number(entry.counts().rows()));
        item.put("rejects", number(entry.counts().rejects()));
        item.put("dropped", number(entry.counts().dropped()));
        item.put("removed", number(entry.counts().removed()));
        item.put("bytes", number(entry.bytes()));
        item.put("attempts", number(entry.attempts()));
        item.put("started", text(entry.started().toString()));
        item.put("updated", text(entry.updated().toString()));
        entry.finished().ifPresent(at -> item.put("finished", text(at.toString())));
        entry.firstError().ifPresent(error -> item.put("firstError", AttributeValue.fromM(error(error))));
        if (!ObjectId.isPart(entry.id())) {
            // What is not in the index is no object.
            item.put(STATE_TIME, text(stateTime(entry)));
        }
        expires(entry).ifPresent(at -> item.put("expires", seconds(at)));
        entry.split().ifPresent(split -> item.put("split", AttributeValue.fromM(split(split))));
        entry.checkpoint().ifPresent(at -> item.put("checkpoint", AttributeValue.fromM(checkpoint(at))));
        return item;
    }

    /** When the entry's item goes away by itself, if it does. */
    static Optional<Instant> expires(LedgerEntry entry) {
        boolean nothing =
                switch (entry.state()) {
                    case IGNORED, MISSING, REMOVED -> true;
                    case WAITING, READING, DONE, FAILED, SUPERSEDED -> false;
                };
        return nothing || ObjectId.isPart(entry.id()) ? Optional.of(expires(entry.updated())) : Optional.empty();
    }

    /** When an item goes away by itself. */
    static Instant expires(Instant updated) {
        return endOfWeek(updated.plus(KEPT));
    }

    /** All that an item can have that was updated before then and has not gone away by then. */
    static Stream<Instant> expiries(Instant now) {
        return Stream.iterate(endOfWeek(now), at -> !at.isAfter(expires(now)), at -> at.plus(WEEK));
    }

    private static Instant endOfWeek(Instant time) {
        return Instant.ofEpochSecond((time.getEpochSecond() / WEEK.toSeconds() + 1) * WEEK.toSeconds());
    }

    static AttributeValue seconds(Instant instant) {
        return number(instant.getEpochSecond());
    }

    static AttributeValue millis(Instant instant) {
        return number(instant.toEpochMilli());
    }

    /** When the item's lease ends; long ago if it has none. */
    static Instant leaseUntil(Item item) {
        return item.find(LEASE_UNTIL)
                .map(until -> Instant.ofEpochMilli(Long.parseLong(until.n())))
                .orElse(Instant.EPOCH);
    }

    /** The entry's place in the index. */
    static String stateTime(LedgerEntry entry) {
        return entry.state().word() + "#" + time(entry);
    }

    /** The place of an entry among those of the same feed and state; the latest is the greatest. */
    private static String time(LedgerEntry entry) {
        return "%s#%08x".formatted(microsecond(entry.updated()), entry.id().hashCode());
    }

    /** Before all entries of that microsecond, and behind all earlier ones. */
    static String microsecond(Instant at) {
        return SORTED.format(at);
    }

    /** The table also holds parts of objects, and how far reconciling has come, which no index holds. */
    static boolean isObject(Map<String, AttributeValue> attributes) {
        return attributes.containsKey(STATE_TIME);
    }

    static LedgerEntry entry(Item item) {
        return new LedgerEntry(
                item.text("id"),
                item.text("bucket"),
                item.text("key"),
                item.text("version"),
                item.text("eTag"),
                item.text("feed"),
                ObjectState.of(item.text("state")),
                item.text("reason"),
                item.text("message"),
                new LedgerEntry.Counts(
                        item.number("records"),
                        item.number("rows"),
                        item.number("rejects"),
                        item.number("dropped"),
                        item.number("removed")),
                item.number("bytes"),
                (int) item.number("attempts"),
                item.find("firstError").map(error -> error(new Item(error.m()))),
                Instant.parse(item.text("started")),
                item.find("finished").map(at -> Instant.parse(at.s())),
                Instant.parse(item.text("updated")),
                item.find("checkpoint").map(at -> checkpoint(new Item(at.m()))),
                item.find("split").map(split -> split(new Item(split.m()))));
    }

    private static Map<String, AttributeValue> split(Split split) {
        return Map.of(
                "partBytes",
                number(split.partBytes()),
                "starts",
                AttributeValue.fromL(split.starts().stream()
                        .map(start ->
                                AttributeValue.fromL(List.of(number(start.offset()), number(start.linesBefore()))))
                        .toList()));
    }

    private static Split split(Item split) {
        return new Split(
                split.number("partBytes"),
                split.find("starts").map(AttributeValue::l).orElse(List.of()).stream()
                        .map(start -> new Split.Start(
                                Long.parseLong(start.l().get(0).n()),
                                Long.parseLong(start.l().get(1).n())))
                        .toList());
    }

    private static Map<String, AttributeValue> checkpoint(Checkpoint at) {
        return Map.of(
                "offset", number(at.next().offset()),
                "line", number(at.next().line()),
                "compressed", number(at.compressed()),
                "plain", number(at.plain()));
    }

    private static Checkpoint checkpoint(Item at) {
        return new Checkpoint(
                new Place(at.number("offset"), at.number("line")), at.number("compressed"), at.number("plain"));
    }

    private static Map<String, AttributeValue> error(LedgerEntry.FirstError error) {
        var item = new HashMap<String, AttributeValue>();
        item.put("line", number(error.line()));
        item.put("offset", number(error.offset()));
        error.pointer().ifPresent(pointer -> item.put("pointer", text(pointer)));
        item.put("reason", text(error.reason().name()));
        item.put("column", text(error.column()));
        item.put("message", text(error.message()));
        return item;
    }

    private static LedgerEntry.FirstError error(Item error) {
        return new LedgerEntry.FirstError(
                error.number("line"),
                error.number("offset"),
                error.find("pointer").map(AttributeValue::s),
                RejectReason.valueOf(error.text("reason")),
                error.text("column"),
                error.text("message"));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
