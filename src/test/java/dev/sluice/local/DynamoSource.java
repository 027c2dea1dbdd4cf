package dev.sluice.local;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A table's stream as the source of a mapping. */
final class DynamoSource implements StreamSource {

    /** <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html">Limit</a>. */
    private static final int MOST_RECORDS = 1_000;

    private final DynamoDbStreamsClient streams;
    private final String arn;
    private final DynamoEvent event;

    /** @param arn of the stream, which a table names as its {@code LatestStreamArn} */
    DynamoSource(DynamoDbStreamsClient streams, String arn) {
        this.streams = streams;
        this.arn = arn;
        this.event = new DynamoEvent(arn);
    }

    @Override
    public String name() {
        return "stream of table " + arn.replaceFirst(".*:table/([^/]*)/.*", "$1");
    }

    @Override
    public String arn() {
        return arn;
    }

    @Override
    public String batchInfo() {
        return "DDBStreamBatchInfo";
    }

    @Override
    public List<Shard> shards() {
        var shards = new ArrayList<Shard>();
        String start = null;
        do {
            var from = start;
            var page = streams.describeStream(of -> of.streamArn(arn).exclusiveStartShardId(from))
                    .streamDescription();
            page.shards()
                    .forEach(each -> shards.add(new Shard(
                            each.shardId(), each.parentShardId() == null ? List.of() : List.of(each.parentShardId()))));
            start = page.lastEvaluatedShardId();
        } while (start != null);
        return shards;
    }

    @Override
    public String iterator(String shard, @Nullable String after) {
        return streams.getShardIterator(of -> of.streamArn(arn)
                        .shardId(shard)
                        .shardIteratorType(
                                after == null
                                        ? ShardIteratorType.TRIM_HORIZON
                                        : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(after))
                .shardIterator();
    }

    @Override
    public Page read(String shard, String iterator, int limit) {
        var reply = streams.getRecords(of -> of.shardIterator(iterator).limit(Math.min(limit, MOST_RECORDS)));
        return new Page(
                reply.records().stream()
                        .map(each -> new Item(
                                each.dynamodb().sequenceNumber(),
                                each.dynamodb().keys().toString(),
                                each.dynamodb().approximateCreationDateTime(),
                                event.item(each)))
                        .toList(),
                reply.nextShardIterator());
    }
}
