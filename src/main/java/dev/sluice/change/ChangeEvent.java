package dev.sluice.change;

import dev.sluice.value.Json;
import java.time.Instant;
import java.util.Objects;

/**
 * A change as it travels: CloudEvents 1.0 in JSON, described in docs/change-feed.md.
 *
 * @param id the same for every copy of the same change
 * @param source which rows table it happened in
 * @param sequence sorts as text; of one key a later change has a greater one
 * @param omitted whether {@code before} and {@code after} did not fit into a record; the row itself tells them
 */
public record ChangeEvent(
        String id,
        String source,
        Change.Kind kind,
        String feed,
        String key,
        Instant time,
        String sequence,
        Json before,
        Json after,
        boolean omitted) {

    public ChangeEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(sequence, "sequence");
    }

    /** Sequence numbers of DynamoDB streams have 21 to 40 digits (DynamoDB Streams API Reference, StreamRecord). */
    private static final int SEQUENCE_DIGITS = 40;

    static ChangeEvent of(Change change, String source) {
        return new ChangeEvent(
                change.id(),
                source,
                change.kind(),
                change.feed(),
                change.key(),
                change.time(),
                "0".repeat(Math.max(0, SEQUENCE_DIGITS - change.sequence().length())) + change.sequence(),
                change.before(),
                change.after(),
                false);
    }

    /** Feed and row key: what order is kept within. */
    public String subject() {
        return feed + "/" + key;
    }

    /** The same event without the row's data. */
    ChangeEvent withoutData() {
        return new ChangeEvent(id, source, kind, feed, key, time, sequence, Json.NULL, Json.NULL, true);
    }
}
