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
    private final KinesisLimits limits;
    private final KinesisFaults faults;
    private final Clock clock;
    private final LongSupplier nanoTime;

    KinesisOperations(KinesisLimits limits, KinesisFaults faults, Clock clock, LongSupplier nanoTime) {
        this.limits = limits;
        this.faults = faults;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    JsonNode answer(String operation, JsonNode request, KinesisWire wire) {
        return switch (operation) {
            case "CreateStream" -> createStream(request);
            case "DeleteStream" -> deleteStream(request);
            case "DescribeStream" -> describeStream(request);
            case "DescribeStreamSummary" -> describeStreamSummary(request);
            case "ListStreams" -> listStreams(request);
            case "ListShards" -> listShards(request);
            case "GetShardIterator" -> getShardIterator(request, wire);
            case "GetRecords" -> getRecords(request);
            case "PutRecord" -> putRecord(request);
            case "PutRecords" -> putRecords(request);
            case "SplitShard" -> {
                stream(request).split(text(request, "ShardToSplit"), text(request, "NewStartingHashKey"));
                yield NODES.objectNode();
            }
            case "MergeShards" -> {
                stream(request).merge(text(request, "ShardToMerge"), text(request, "AdjacentShardToMerge"));
                yield NODES.objectNode();
            }
            default -> throw new KinesisError("UnknownOperationException", operation + " is not played here");
        };
    }

    private JsonNode createStream(JsonNode request) {
        var name = text(request, "StreamName");
        if (!name.matches("[a-zA-Z0-9_.-]{1,128}")) {
            throw KinesisError.validation("StreamName must match [a-zA-Z0-9_.-]{1,128}");
        }
        var count = number(request, "ShardCount", 1, 1, 10_000);
        if (streams.putIfAbsent(name, new KinesisStream(name, count, limits, clock, nanoTime)) != null) {
            throw new KinesisError("ResourceInUseException", "Stream " + name + " already exists");
        }
        return NODES.objectNode();
    }

    private JsonNode deleteStream(JsonNode request) {
        streams.remove(stream(request).name);
        return NODES.objectNode();
    }

    private JsonNode describeStream(JsonNode request) {
        var stream = stream(request);
        var limit = number(request, "Limit", 100, 1, 10_000);
        var shards = after(stream.shards(), optional(request, "ExclusiveStartShardId"));
        var description = described(stream).put("HasMoreShards", shards.size() > limit);
        var list = description.putArray("Shards");
        shards.stream().limit(limit).map(KinesisOperations::described).forEach(list::add);
        return NODES.objectNode().set("StreamDescription", description);
    }

    private JsonNode describeStreamSummary(JsonNode request) {
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

    private JsonNode listStreams(JsonNode request) {
        var start = optional(request, "NextToken") == null
                ? optional(request, "ExclusiveStartStreamName")
                : optional(request, "NextToken");
        var limit = number(request, "Limit", 100, 1, 10_000);
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

    private JsonNode listShards(JsonNode request) {
        var token = optional(request, "NextToken");
        var stream = token == null ? stream(request) : named(token.substring(0, token.indexOf('/')));
        var start =
                token == null ? optional(request, "ExclusiveStartShardId") : token.substring(token.indexOf('/') + 1);
        var openOnly =
                "AT_LATEST".equals(request.path("ShardFilter").path("Type").asString(""));
        var limit = number(request, "MaxResults", 1_000, 1, 10_000);
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

    private static void hashRange(ObjectNode node, KinesisShard shard) {
        node.putObject("HashKeyRange")
                .put("StartingHashKey", shard.from.toString())
                .put("EndingHashKey", shard.to.toString());
    }

    private JsonNode getShardIterator(JsonNode request, KinesisWire wire) {
        var stream = stream(request);
        var shard = stream.shard(text(request, "ShardId"));
        var type = text(request, "ShardIteratorType");
        var position =
                switch (type) {
                    case "TRIM_HORIZON" -> 0;
                    case "LATEST" -> stream.latest();
                    case "AT_SEQUENCE_NUMBER" -> KinesisRecord.sequenceOf(text(request, "StartingSequenceNumber"));
                    case "AFTER_SEQUENCE_NUMBER" ->
                        KinesisRecord.sequenceOf(text(request, "StartingSequenceNumber")) + 1;
                    case "AT_TIMESTAMP" -> {
                        var time = wire.instant(given(request, "Timestamp"));
                        yield Math.min(shard.positionAt(time), stream.latest());
                    }
                    default -> throw KinesisError.validation("ShardIteratorType must be one of the five");
                };
        return NODES.objectNode().put("ShardIterator", iterator(stream, shard, position));
    }

    private String iterator(KinesisStream stream, KinesisShard shard, long position) {
        return new KinesisIterator(stream.name, shard.id, position, clock.instant()).text();
    }

    private JsonNode getRecords(JsonNode request) {
        var iterator = KinesisIterator.of(text(request, "ShardIterator"), limits.iteratorAge(), clock);
        var limit = number(request, "Limit", limits.getRecords(), 1, limits.getRecords());
        var stream = named(iterator.stream());
        var shard = stream.shard(iterator.shard());
        var page = shard.read(iterator.position(), limit, clock);
        var reply = NODES.objectNode().put("MillisBehindLatest", page.millisBehind());
        var list = reply.putArray("Records");
        for (var item : page.records()) {
            list.addObject()
                    .put("SequenceNumber", KinesisRecord.sequenceText(item.sequence()))
                    .putPOJO("ApproximateArrivalTimestamp", item.arrival())
                    .put("Data", item.data())
                    .put("PartitionKey", item.partitionKey());
        }
        if (page.next() != null) {
            reply.put("NextShardIterator", iterator(stream, shard, page.next()));
        } else {
            var children = reply.putArray("ChildShards");
            for (var child : stream.childrenOf(shard)) {
                var node = children.addObject().put("ShardId", child.id);
                child.parents.forEach(node.putArray("ParentShards")::add);
                hashRange(node, child);
            }
        }
        return reply;
    }

    private JsonNode putRecord(JsonNode request) {
        var stream = stream(request);
        check(request);
        var key = text(request, "PartitionKey");
        faults.onRecord(key).ifPresent(error -> {
            throw new KinesisError(error, "A fault that was asked for");
        });
        return placed(stream.put(key, optional(request, "ExplicitHashKey"), data(request)));
    }

    private JsonNode putRecords(JsonNode request) {
        var stream = stream(request);
        var records = given(request, "Records");
        if (records.isEmpty() || records.size() > limits.putRecords()) {
            throw KinesisError.validation("Value at 'records' failed to satisfy constraint: Member must have length "
                    + "less than or equal to " + limits.putRecords() + ", and at least 1");
        }
        var bytes = 0L;
        for (var each : records) {
            bytes += check(each);
        }
        if (bytes > limits.putBytes()) {
            throw KinesisError.invalid("Records size exceeds " + limits.putBytes() + " bytes");
        }
        var failed = 0;
        var reply = NODES.objectNode().put("EncryptionType", "NONE");
        var results = reply.putArray("Records");
        for (var each : records) {
            var result = put(stream, each);
            failed += result.has("ErrorCode") ? 1 : 0;
            results.add(result);
        }
        return reply.put("FailedRecordCount", failed);
    }

    private ObjectNode put(KinesisStream stream, JsonNode item) {
        var key = text(item, "PartitionKey");
        var fault = faults.onRecord(key);
        if (fault.isPresent()) {
            return NODES.objectNode().put("ErrorCode", fault.get()).put("ErrorMessage", "A fault that was asked for");
        }
        try {
            return placed(stream.put(key, optional(item, "ExplicitHashKey"), data(item)));
        } catch (KinesisError e) {
            return NODES.objectNode().put("ErrorCode", e.type()).put("ErrorMessage", e.getMessage());
        }
    }

    /** The size of a record that the service would take. */
    private int check(JsonNode item) {
        var key = text(item, "PartitionKey");
        var characters = key.codePointCount(0, key.length());
        if (characters < 1 || characters > limits.partitionKeyCharacters()) {
            throw KinesisError.validation("Value at 'partitionKey' failed to satisfy constraint: Member must have "
                    + "length between 1 and " + limits.partitionKeyCharacters());
        }
        var size = KinesisRecord.size(key, data(item));
        if (size > limits.recordBytes()) {
            throw KinesisError.validation("Value at 'data' failed to satisfy constraint: Member must have length "
                    + "less than or equal to " + limits.recordBytes() + ", partition key included");
        }
        return size;
    }

    private static ObjectNode placed(KinesisStream.Place place) {
        return NODES.objectNode()
                .put("SequenceNumber", KinesisRecord.sequenceText(place.sequence()))
                .put("ShardId", place.shard());
    }

    private KinesisStream stream(JsonNode request) {
        var arn = optional(request, "StreamARN");
        return named(arn == null ? text(request, "StreamName") : arn.substring(arn.indexOf('/') + 1));
    }

    private KinesisStream named(String name) {
        var stream = streams.get(name);
        if (stream == null) {
            throw KinesisError.notFound("Stream " + name + " under account 000000000000 not found.");
        }
        return stream;
    }

    private static JsonNode given(JsonNode request, String name) {
        var node = request.path(name);
        if (node.isMissingNode() || node.isNull()) {
            throw KinesisError.validation(
                    "Value null at '" + name + "' failed to satisfy constraint: Member must not be null");
        }
        return node;
    }

    private static String text(JsonNode request, String name) {
        return given(request, name).asString();
    }

    private static @Nullable String optional(JsonNode request, String name) {
        return request.hasNonNull(name) ? request.path(name).asString() : null;
    }

    private static byte[] data(JsonNode item) {
        return given(item, "Data").binaryValue();
    }

    private static int number(JsonNode request, String name, int preset, int least, int most) {
        var value = request.hasNonNull(name) ? request.path(name).asInt() : preset;
        if (value < least || value > most) {
            throw KinesisError.validation("Value '" + value + "' at '" + name
                    + "' failed to satisfy constraint: must be between " + least + " and " + most);
        }
        return value;
    }
}
