package dev.sluice.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Records of the change feed in the order of their shard. As JSON: {@code {"deliveries":[{"sequence":…,"event":{…}}]}}.
 *
 * @param consumer the only consumer that they are for; all of them if none is named
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ChangeEventBatch(List<Delivery> deliveries, Optional<String> consumer) {

    /**
     * One record.
     *
     * @param sequence its sequence number in the Kinesis stream
     * @param event its bytes, which should be a change event in JSON
     * @param arrived when it came into the stream, if that is known
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Delivery(String sequence, Json event, Optional<Instant> arrived) {

        public Delivery {
            Objects.requireNonNull(sequence, "sequence");
        }

        /** A record of which it is not known when it came. */
        public Delivery(String sequence, Json event) {
            this(sequence, event, Optional.empty());
        }
    }

    public ChangeEventBatch {
        deliveries = List.copyOf(deliveries);
    }

    /** Records for every consumer. */
    public ChangeEventBatch(List<Delivery> deliveries) {
        this(deliveries, Optional.empty());
    }
}
