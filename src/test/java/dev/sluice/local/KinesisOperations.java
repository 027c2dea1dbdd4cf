package dev.sluice.local;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@link LocalKinesis} can be asked: the request's tree in, the reply's tree out. */
final class KinesisOperations {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ConcurrentSkipListMap<String, KinesisStream> streams = new ConcurrentSkipListMap<>();
    private final KinesisRecords records;
    private final KinesisLimits limits;
    private final Clock clock;
    private final LongSupplier nanoTime;

    KinesisOperations(KinesisLimits limits, KinesisFaults faults, Clock clock, LongSupplier nanoTime) {
        this.limits = limits;
        this.records = new KinesisRecords(limits, faults, clock);
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    JsonNode answer(String operation, KinesisRequest request, KinesisWire wire) {
        return switch (operation) {
            case "CreateStream" -> createStream(request);
            case "DeleteStream" -> deleteStream(request);
            case "DescribeStream" -> describeStream(request);
            case "DescribeStreamSummary" -> describeStreamSummary(request);
            case "ListStreams" -> listStreams(request);
            case "ListShards" -> listShards(request);
            case "GetShardIterator" -> records.getShardIterator(stream(request), request, wire);
            case "GetRecords" -> {
                var iterator = records.iterator(request);
                yield records.getRecords(named(iterator.stream()), iterator, request);
            }
            case "PutRecord" -> records.putRecord(stream(request), request);
            case "PutRecords" -> records.putRecords(stream(request), request);
            case "SplitShard" -> {
                stream(request).split(request.text("ShardToSplit"), request.text("NewStartingHashKey"));
                yield NODES.objectNode();
            }
            case "MergeShards" -> {
                stream(request).merge(request.text("ShardToMerge"), request.text("AdjacentShardToMerge"));
                yield NODES.objectNode();
            }
            default -> throw new KinesisError("UnknownOperationException", operation + " is not played here");
        };
    }

    private JsonNode createStream(KinesisRequest request) {
        var name = request.text("StreamName");
        if (!name.matches("[a-zA-Z0-9_.-]{1,128}")) {
            throw KinesisError.validation("StreamName must match [a-zA-Z0-9_.-]{1,128}");
        }
        var count = request.number("ShardCount", 1, 1, 10_000);
        if (streams.putIfAbsent(name, new KinesisStream(name, count, limits, clock, nanoTime)) != null) {
            throw new KinesisError("ResourceInUseException", "Stream " + name + " already exists");
        }
        return NODES.objectNode();
    }

    private JsonNode deleteStream(KinesisRequest request) {
        streams.remove(stream(request).name);
        return NODES.objectNode();
    }

    private JsonNode describeStream(KinesisRequest request) {
        var stream = stream(request);
        var limit = request.number("Limit", 100, 1, 10_000);
        var shards = after(stream.shards(), request.optional("ExclusiveStartShardId"));
        var description = described(stream).put("HasMoreShards", shards.size() > limit);
        var list = description.putArray("Shards");
        shards.stream().limit(limit).map(KinesisOperations::described).forEach(list::add);
        return NODES.objectNode().set("StreamDescription", description);
    }

    private JsonNode describeStreamSummary(KinesisRequest request) {
        var stream = stream(request);
        var open = stream.shards().stream().filter(KinesisShard::isOpen).count();
        var summary = described(stream).put("OpenShardCount", open).put("ConsumerCount", 0);
        return NODES.objectNode().set("StreamDescriptionSummary", summary);
    }

    private ObjectNode described(KinesisStream stream) {
        var node = summarized(stream);
        node.put("RetentionPeriodHours", 24).put("EncryptionType", "NONE");
        node.put("MaxRecordSizeInKiB", limits.recordBytes() / 1024);
        node.putArray("EnhancedMonitoring").addObject().putArray("ShardLevelMetrics");
        return node;
    }

    private static ObjectNode summarized(KinesisStream stream) {
        var node = NODES.objectNode()
                .put("StreamName", stream.name)
                .put("StreamARN", stream.arn())
                .put("StreamStatus", "ACTIVE")
                .putPOJO("StreamCreationTimestamp", stream.created);
        node.putObject("StreamModeDetails").put("StreamMode", "PROVISIONED");
        return node;
    }

    private JsonNode listStreams(KinesisRequest request) {
        var start = request.optional("NextToken") == null
                ? request.optional("ExclusiveStartStreamName")
                : request.optional("NextToken");
        var limit = request.number("Limit", 100, 1, 10_000);
        var rest = List.copyOf((start == null ? streams : streams.tailMap(start, false)).values());
        var reply = NODES.objectNode().put("HasMoreStreams", rest.size() > limit);
        var names = reply.putArray("StreamNames");
        var summaries = reply.putArray("StreamSummaries");
        for (var stream : rest.subList(0, Math.min(limit, rest.size()))) {
            names.add(stream.name);
            summaries.add(summarized(stream));
        }
        if (rest.size() > limit) {
            reply.put("NextToken", rest.get(limit - 1).name);
        }
        return reply;
    }

    private JsonNode listShards(KinesisRequest request) {
        var token = request.optional("NextToken");
        var stream = token == null ? stream(request) : named(token.substring(0, token.indexOf('/')));
        var start = token == null ? request.optional("ExclusiveStartShardId") : token.substring(token.indexOf('/') + 1);
        var openOnly = "AT_LATEST"
                .equals(request.fields().path("ShardFilter").path("Type").asString(""));
        var limit = request.number("MaxResults", 1_000, 1, 10_000);
        var shards = after(stream.shards(), start).stream()
                .filter(each -> !openOnly || each.isOpen())
                .toList();
        var reply = NODES.objectNode();
        var list = reply.putArray("Shards");
        shards.stream().limit(limit).map(KinesisOperations::described).forEach(list::add);
        if (shards.size() > limit) {
            reply.put("NextToken", stream.name + "/" + shards.get(limit - 1).id);
        }
        return reply;
    }

    private static List<KinesisShard> after(List<KinesisShard> shards, @Nullable String start) {
        return start == null
                ? shards
                : shards.stream().filter(each -> each.id.compareTo(start) > 0).toList();
    }

    private static ObjectNode described(KinesisShard shard) {
        var node = NODES.objectNode().put("ShardId", shard.id);
        if (!shard.parents.isEmpty()) {
            node.put("ParentShardId", shard.parents.getFirst());
        }
        if (shard.parents.size() > 1) {
            node.put("AdjacentParentShardId", shard.parents.getLast());
        }
        hashRange(node, shard);
        var range = node.putObject("SequenceNumberRange")
                .put("StartingSequenceNumber", KinesisRecord.sequenceText(shard.starting));
        if (!shard.isOpen()) {
            range.put("EndingSequenceNumber", KinesisRecord.sequenceText(shard.ending()));
        }
        return node;
    }

    static void hashRange(ObjectNode node, KinesisShard shard) {
        node.putObject("HashKeyRange")
                .put("StartingHashKey", shard.from.toString())
                .put("EndingHashKey", shard.to.toString());
    }

    private KinesisStream stream(KinesisRequest request) {
        var arn = request.optional("StreamARN");
        return named(arn == null ? request.text("StreamName") : arn.substring(arn.indexOf('/') + 1));
    }

    private KinesisStream named(String name) {
        var stream = streams.get(name);
        if (stream == null) {
            throw KinesisError.notFound("Stream " + name + " under account 000000000000 not found.");
        }
        return stream;
    }
}
