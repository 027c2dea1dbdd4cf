package dev.sluice.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A Kinesis stream as the source of a mapping. */
final class KinesisSource implements StreamSource {

    private final KinesisClient kinesis;
    private final String stream;
    private final KinesisEvent event;

    KinesisSource(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
        var arn = kinesis.describeStreamSummary(of -> of.streamName(stream))
                .streamDescriptionSummary()
                .streamARN();
        this.event = new KinesisEvent(arn);
    }

    @Override
    public String name() {
        return "stream " + stream;
    }

    @Override
    public String arn() {
        return event.streamArn();
    }

    @Override
    public String batchInfo() {
        return "KinesisBatchInfo";
    }

    @Override
    public List<Shard> shards() {
        var shards = new ArrayList<Shard>();
        var page = kinesis.listShards(of -> of.streamName(stream));
        while (true) {
            for (var each : page.shards()) {
                var parents = Stream.of(each.parentShardId(), each.adjacentParentShardId());
                shards.add(new Shard(
                        each.shardId(), parents.filter(Objects::nonNull).toList()));
            }
            var token = page.nextToken();
            if (token == null) {
                return shards;
            }
            page = kinesis.listShards(of -> of.nextToken(token));
        }
    }

    @Override
    public String iterator(String shard, @Nullable String after) {
        return kinesis.getShardIterator(of -> of.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(
                                after == null
                                        ? ShardIteratorType.TRIM_HORIZON
                                        : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber(after))
                .shardIterator();
    }

    @Override
    public Page read(String shard, String iterator, int limit) {
        var reply = kinesis.getRecords(of -> of.shardIterator(iterator).limit(limit));
        return new Page(
                reply.records().stream()
                        .map(each -> new Item(
                                each.sequenceNumber(),
                                each.partitionKey(),
                                each.approximateArrivalTimestamp(),
                                event.item(shard, each)))
                        .toList(),
                reply.nextShardIterator());
    }
}
