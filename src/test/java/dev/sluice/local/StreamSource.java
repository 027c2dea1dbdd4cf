package dev.sluice.local;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream that an event source mapping reads: shards of records, which it hands over as Lambda encodes them. */
sealed interface StreamSource permits DynamoSource, KinesisSource, ListSource {

    /** Parents that the stream has forgotten are named all the same. */
    record Shard(String id, List<String> parents) {}

    /**
     * One record.
     *
     * @param key what keeps its order
     * @param json one element of an event's {@code Records}
     * @param bytes of that
     */
    record Item(String sequence, String key, Instant arrival, String json, int bytes) {

        Item(String sequence, String key, Instant arrival, String json) {
            this(sequence, key, arrival, json, json.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /** What one read gave; {@code next} is absent where a closed shard ends. */
    record Page(List<Item> items, @Nullable String next) {}

    String name();

    String arn();

    /** What a failure record calls the place of a batch. */
    String batchInfo();

    List<Shard> shards();

    /** Where to read on after this sequence number, or from the oldest record there is. */
    String iterator(String shard, @Nullable String after);

    Page read(String shard, String iterator, int limit);
}
