package dev.sluice.local;

import java.time.Clock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The operations on records: putting them within the limits, and reading them. */
final class KinesisRecords {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final KinesisLimits limits;
    private final KinesisFaults faults;
    private final Clock clock;

    KinesisRecords(KinesisLimits limits, KinesisFaults faults, Clock clock) {
        this.limits = limits;
        this.faults = faults;
        this.clock = clock;
    }

    KinesisIterator iterator(KinesisRequest request) {
        return KinesisIterator.of(request.text("ShardIterator"), limits.iteratorAge(), clock);
    }

    JsonNode getShardIterator(KinesisStream stream, KinesisRequest request, KinesisWire wire) {
        var shard = stream.shard(request.text("ShardId"));
        var type = request.text("ShardIteratorType");
        var position =
                switch (type) {
                    case "TRIM_HORIZON" -> 0;
                    case "LATEST" -> stream.latest();
                    case "AT_SEQUENCE_NUMBER" -> KinesisRecord.sequenceOf(request.text("StartingSequenceNumber"));
                    case "AFTER_SEQUENCE_NUMBER" ->
                        KinesisRecord.sequenceOf(request.text("StartingSequenceNumber")) + 1;
                    case "AT_TIMESTAMP" -> {
                        var time = wire.instant(request.given("Timestamp"));
                        yield Math.min(shard.positionAt(time), stream.latest());
                    }
                    default -> throw KinesisError.validation("ShardIteratorType must be one of the five");
                };
        return NODES.objectNode().put("ShardIterator", iterator(stream, shard, position));
    }

    private String iterator(KinesisStream stream, KinesisShard shard, long position) {
        return new KinesisIterator(stream.name, shard.id, position, clock.instant()).text();
    }

    JsonNode getRecords(KinesisStream stream, KinesisIterator iterator, KinesisRequest request) {
        var limit = request.number("Limit", limits.getRecords(), 1, limits.getRecords());
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
                KinesisOperations.hashRange(node, child);
            }
        }
        return reply;
    }

    JsonNode putRecord(KinesisStream stream, KinesisRequest request) {
        check(request);
        var key = request.text("PartitionKey");
        faults.onRecord(key).ifPresent(error -> {
            throw new KinesisError(error, "A fault that was asked for");
        });
        return placed(stream.put(key, request.optional("ExplicitHashKey"), request.data()));
    }

    JsonNode putRecords(KinesisStream stream, KinesisRequest request) {
        var records = request.given("Records");
        if (records.isEmpty() || records.size() > limits.putRecords()) {
            throw KinesisError.validation("Value at 'records' failed to satisfy constraint: Member must have length "
                    + "less than or equal to " + limits.putRecords() + ", and at least 1");
        }
        var bytes = 0L;
        for (var each : records) {
            bytes += check(new KinesisRequest(each));
        }
        if (bytes > limits.putBytes()) {
            throw KinesisError.invalid("Records size exceeds " + limits.putBytes() + " bytes");
        }
        var failed = 0;
        var reply = NODES.objectNode().put("EncryptionType", "NONE");
        var results = reply.putArray("Records");
        for (var each : records) {
            var result = put(stream, new KinesisRequest(each));
            failed += result.has("ErrorCode") ? 1 : 0;
            results.add(result);
        }
        return reply.put("FailedRecordCount", failed);
    }

    private ObjectNode put(KinesisStream stream, KinesisRequest item) {
        var key = item.text("PartitionKey");
        var fault = faults.onRecord(key);
        if (fault.isPresent()) {
            return NODES.objectNode().put("ErrorCode", fault.get()).put("ErrorMessage", "A fault that was asked for");
        }
        try {
            return placed(stream.put(key, item.optional("ExplicitHashKey"), item.data()));
        } catch (KinesisError e) {
            return NODES.objectNode().put("ErrorCode", e.type()).put("ErrorMessage", e.getMessage());
        }
    }

    /** The size of a record that the service would take. */
    private int check(KinesisRequest item) {
        var key = item.text("PartitionKey");
        var characters = key.codePointCount(0, key.length());
        if (characters < 1 || characters > limits.partitionKeyCharacters()) {
            throw KinesisError.validation("Value at 'partitionKey' failed to satisfy constraint: Member must have "
                    + "length between 1 and " + limits.partitionKeyCharacters());
        }
        var size = KinesisRecord.size(key, item.data());
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
}
