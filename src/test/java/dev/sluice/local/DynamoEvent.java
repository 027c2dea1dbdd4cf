package dev.sluice.local;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON in which Lambda hands DynamoDB stream records over.
 *
 * @param streamArn of the stream
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using AWS Lambda with Amazon DynamoDB</a>
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html">Record</a>
 */
record DynamoEvent(String streamArn) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** One element of {@code Records}. */
    String item(Record item) {
        var node = NODES.objectNode()
                .put("eventID", item.eventID())
                .put("eventName", item.eventNameAsString())
                .put("eventVersion", "1.1")
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", LocalEndpoints.REGION);
        var change = item.dynamodb();
        var inner = node.putObject("dynamodb")
                .put(
                        "ApproximateCreationDateTime",
                        change.approximateCreationDateTime().getEpochSecond());
        inner.set("Keys", image(change.keys()));
        if (change.hasNewImage()) {
            inner.set("NewImage", image(change.newImage()));
        }
        if (change.hasOldImage()) {
            inner.set("OldImage", image(change.oldImage()));
        }
        inner.put("SequenceNumber", change.sequenceNumber())
                .put("SizeBytes", change.sizeBytes())
                .put("StreamViewType", change.streamViewTypeAsString());
        if (item.userIdentity() != null) {
            node.putObject("userIdentity")
                    .put("type", item.userIdentity().type())
                    .put("principalId", item.userIdentity().principalId());
        }
        node.put("eventSourceARN", streamArn);
        return JsonMapper.shared().writeValueAsString(node);
    }

    private static ObjectNode image(Map<String, AttributeValue> attributes) {
        var image = NODES.objectNode();
        attributes.forEach((name, value) -> image.set(name, value(value)));
        return image;
    }

    private static ObjectNode value(AttributeValue value) {
        var node = NODES.objectNode();
        switch (value.type()) {
            case S -> node.put("S", value.s());
            case N -> node.put("N", value.n());
            case B -> node.put("B", value.b().asByteArray());
            case BOOL -> node.put("BOOL", value.bool());
            case NUL -> node.put("NULL", true);
            case SS -> value.ss().forEach(node.putArray("SS")::add);
            case NS -> value.ns().forEach(node.putArray("NS")::add);
            case BS -> {
                var set = node.putArray("BS");
                value.bs().forEach(each -> set.add(each.asByteArray()));
            }
            case L -> {
                var list = node.putArray("L");
                value.l().forEach(each -> list.add(value(each)));
            }
            case M -> node.set("M", image(value.m()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("an attribute value has no type");
        }
        return node;
    }
}
