package dev.sluice.local;

import java.math.BigDecimal;
import software.amazon.awssdk.services.kinesis.model.Record;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The JSON in which Lambda hands Kinesis records over.
 *
 * @param streamArn of the stream
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Using Lambda to process records from
 *     Amazon Kinesis Data Streams</a>
 */
record KinesisEvent(String streamArn) {

    /** One element of {@code Records}. */
    String item(String shard, Record item) {
        var node = JsonNodeFactory.instance.objectNode();
        node.putObject("kinesis")
                .put("kinesisSchemaVersion", "1.0")
                .put("partitionKey", item.partitionKey())
                .put("sequenceNumber", item.sequenceNumber())
                .put("data", item.data().asByteArray())
                .put(
                        "approximateArrivalTimestamp",
                        BigDecimal.valueOf(item.approximateArrivalTimestamp().toEpochMilli(), 3));
        node.put("eventSource", "aws:kinesis")
                .put("eventVersion", "1.0")
                .put("eventID", shard + ":" + item.sequenceNumber())
                .put("eventName", "aws:kinesis:record")
                .put("invokeIdentityArn", "arn:aws:iam::000000000000:role/local")
                .put("awsRegion", LocalEndpoints.REGION)
                .put("eventSourceARN", streamArn);
        return JsonMapper.shared().writeValueAsString(node);
    }
}
