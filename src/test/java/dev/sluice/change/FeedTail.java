package dev.sluice.change;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import tools.jackson.databind.JsonNode;

/** Reads a stream that is not resharded, each time from where it stopped, and drops copies as a consumer does. */
public final class FeedTail {

    private final KinesisClient kinesis;
    private final Map<String, String> iterators = new HashMap<>();
    private final LastSequences last = new LastSequences(new HashMap<>());
    private long copies;

    public FeedTail(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        kinesis.listShards(list -> list.streamName(stream))
                .shards()
                .forEach(shard -> iterators.put(
                        shard.shardId(),
                        kinesis.getShardIterator(get -> get.streamName(stream)
                                        .shardId(shard.shardId())
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                                .shardIterator()));
    }

    /** Hands over every new event that is there. */
    public void drain(Consumer<JsonNode> consumer) {
        iterators.replaceAll((_, iterator) -> drain(iterator, consumer));
    }

    private String drain(String from, Consumer<JsonNode> consumer) {
        String next = from;
        long behind = 1;
        while (behind > 0) {
            String iterator = next;
            var page = kinesis.getRecords(get -> get.shardIterator(iterator));
            page.records().forEach(record -> Feed.events(record.data()).forEach(event -> deliver(event, consumer)));
            next = page.nextShardIterator();
            behind = page.millisBehindLatest();
        }
        return next;
    }

    private void deliver(JsonNode event, Consumer<JsonNode> consumer) {
        String source = event.path("source").stringValue();
        String subject = event.path("subject").stringValue();
        String sequence = event.path("sequence").stringValue();
        if (last.isNew(source, subject, sequence)) {
            consumer.accept(event);
            last.seen(source, subject, sequence);
        } else {
            copies++;
        }
    }

    /** How many copies were dropped. */
    public long copies() {
        return copies;
    }
}
