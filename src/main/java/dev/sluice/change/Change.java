package dev.sluice.change;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sluice.value.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * One change of a row, as the rows table's stream tells it.
 *
 * @param id the stream record's eventID
 * @param key the row key inside the feed
 * @param sequence the stream record's sequence number; later changes of a key have greater ones
 * @param before the row's data before the change; JSON null where there was none
 * @param after the row's data after the change; JSON null where there is none
 * @param expired whether DynamoDB removed the row because its time to live was over; in JSON it may be left out
 */
public record Change(
        String id,
        Kind kind,
        String feed,
        String key,
        Instant time,
        String sequence,
        Json before,
        Json after,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean expired) {

    public Change {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(sequence, "sequence");
    }

    /** What happened to the row. */
    public enum Kind {
        INSERTED,
        MODIFIED,
        REMOVED;

        private final String word = name().toLowerCase(Locale.ROOT);
        private final String type = "dev.sluice.row." + word;

        /** The word in JSON. */
        @JsonValue
        public String word() {
            return word;
        }

        /** A change event's type. */
        String type() {
            return type;
        }
    }

    /** Feed and row key: what order is kept within. */
    String subject() {
        return feed + "/" + key;
    }

    /** Whether the row still says the same: the stream also tells when only its provenance changed. */
    boolean changesNothing() {
        return kind == Kind.MODIFIED && before.sameValue(after);
    }
}
