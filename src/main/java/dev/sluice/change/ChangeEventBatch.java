package dev.sluice.change;

import dev.sluice.value.Json;
import java.util.List;
import java.util.Objects;

/** Records of the change feed in the order of their shard. As JSON: {@code {"deliveries":[{"sequence":…,"event":{…}}]}}. */
public record ChangeEventBatch(List<Delivery> deliveries) {

    /**
     * One record.
     *
     * @param sequence its sequence number in the Kinesis stream
     * @param event its bytes, which should be a change event in JSON
     */
    public record Delivery(String sequence, Json event) {

        public Delivery {
            Objects.requireNonNull(sequence, "sequence");
        }
    }

    public ChangeEventBatch {
        deliveries = List.copyOf(deliveries);
    }
}
