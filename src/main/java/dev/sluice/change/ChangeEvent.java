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
 * @param before the row's data before the change; JSON null where there was none, or it is omitted
 * @param after the row's data after the change; JSON null where there is none
 * @param beforeOmitted whether the event would not fit into a record with {@code before}
 * @param expired whether DynamoDB removed the row because its time to live was over
 * @param traceparent the call that sent it (W3C Trace Context); empty if that is not known
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
        boolean beforeOmitted,
        boolean expired,
        String traceparent) {

    public ChangeEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(sequence, "sequence");
        Objects.requireNonNull(traceparent, "traceparent");
    }

    /** Sequence numbers of DynamoDB streams have 21 to 40 digits (DynamoDB Streams API Reference, StreamRecord). */
    static final int SEQUENCE_DIGITS = 40;

    /** How many zeros have to stand in front of it, so that it sorts as text. */
    static int zeros(String sequence) {
        return Math.max(0, SEQUENCE_DIGITS - sequence.length());
    }

    static ChangeEvent of(Change change, String source, String traceparent) {
        return new ChangeEvent(
                change.id(),
                source,
                change.kind(),
                change.feed(),
                change.key(),
                change.time(),
                "0".repeat(zeros(change.sequence())) + change.sequence(),
                change.before(),
                change.after(),
                false,
                change.expired(),
                traceparent);
    }

    /** The type by which CloudEvents tell events. */
    String type() {
        return kind.type();
    }

    /** Feed and row key: what order is kept within. */
    public String subject() {
        return feed + "/" + key;
    }

    ChangeEvent withoutBefore() {
        return new ChangeEvent(
                id, source, kind, feed, key, time, sequence, Json.NULL, after, true, expired, traceparent);
    }
}
