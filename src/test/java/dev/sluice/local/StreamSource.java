package dev.sluice.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream that an event source mapping reads: shards of records, which it hands over as Lambda encodes them. */
sealed interface StreamSource permits DynamoSource, KinesisSource {

    /** Parents that the stream has forgotten are named all the same. */
    record Shard(String id, List<String> parents) {}

    /** One record: the JSON of one element of an event's {@code Records}. */
    record Item(String sequence, String json) {}

    /** What one read gave; {@code next} is absent where a closed shard ends. */
    record Page(List<Item> items, @Nullable String next) {}

    String name();

    List<Shard> shards();

    /** Where to read on after this sequence number, or from the oldest record there is. */
    String iterator(String shard, @Nullable String after);

    Page read(String shard, String iterator, int limit);
}
