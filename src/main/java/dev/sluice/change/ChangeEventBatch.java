package dev.sluice.change;

import dev.sluice.value.Json;
import java.util.List;

/** Records of the change feed in the order of their shard. As JSON: {@code {"deliveries":[{"sequence":…,"event":{…}}]}}. */
public record ChangeEventBatch(List<Delivery> deliveries) {

    /**
     * One record.
     *
     * @param sequence its sequence number in the Kinesis stream
     * @param event its bytes, which should be a change event in JSON
     */
    public record Delivery(String sequence, Json event) {}

    public ChangeEventBatch {
        deliveries = List.copyOf(deliveries);
    }
}
