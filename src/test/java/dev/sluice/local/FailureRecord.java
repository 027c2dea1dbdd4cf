package dev.sluice.local;

import dev.sluice.local.StreamSource.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that Lambda sends to an on-failure destination. */
final class FailureRecord {

    static final String RETRIES = "RetryAttemptsExhausted";
    static final String AGE = "RecordAgeExceeded";

    private static final String FUNCTION = "arn:aws:lambda:" + LocalEndpoints.REGION + ":000000000000:function:sluice";

    private FailureRecord() {}

    /**
     * Of a batch that was given up, as it goes into a bucket: with the whole event. A queue would only be told where the
     * records are.
     *
     * @param event the batch as it was invoked with
     * @param invocations of this batch as it is
     * @param last how the last of them ended, if there was one
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded
     *     batch records for a Kinesis Data Streams event source in Lambda</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain discarded records
     *     for a DynamoDB event source in Lambda</a>
     */
    static String ofBatch(
            StreamSource source,
            String shard,
            List<Item> batch,
            String event,
            String condition,
            int invocations,
            Optional<Door.Outcome> last,
            Instant now) {
        var node = JsonNodeFactory.instance.objectNode();
        request(node, FUNCTION, condition, invocations);
        last.ifPresent(outcome -> response(node, outcome));
        node.put("version", "1.0").put("timestamp", now.toString());
        node.putObject(source.batchInfo())
                .put("shardId", shard)
                .put("startSequenceNumber", batch.getFirst().sequence())
                .put("endSequenceNumber", batch.getLast().sequence())
                .put(
                        "approximateArrivalOfFirstRecord",
                        batch.getFirst().arrival().toString())
                .put("approximateArrivalOfLastRecord", batch.getLast().arrival().toString())
                .put("batchSize", batch.size())
                .put("streamArn", source.arn());
        node.put("payload", event);
        return JsonMapper.shared().writeValueAsString(node);
    }

    /** The shard of a batch's record. */
    static String shard(String batch) {
        return JsonMapper.shared().readTree(batch).findPath("shardId").asString();
    }

    /**
     * Of an asynchronous event that failed at every try, with the event.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing records
     *     of Lambda asynchronous invocations</a>
     */
    static String ofEvent(String event, int invocations, Door.Outcome.Failed last, Instant now) {
        var node = JsonNodeFactory.instance.objectNode().put("version", "1.0").put("timestamp", now.toString());
        request(node, FUNCTION + ":$LATEST", "RetriesExhausted", invocations);
        node.set("requestPayload", JsonMapper.shared().readTree(event));
        response(node, last);
        node.putObject("responsePayload").put("errorMessage", last.reason());
        return JsonMapper.shared().writeValueAsString(node);
    }

    private static void request(ObjectNode node, String function, String condition, int invocations) {
        node.putObject("requestContext")
                .put("requestId", UUID.randomUUID().toString())
                .put("functionArn", function)
                .put("condition", condition)
                .put("approximateInvokeCount", invocations);
    }

    private static void response(ObjectNode node, Door.Outcome outcome) {
        var response = node.putObject("responseContext").put("statusCode", 200).put("executedVersion", "$LATEST");
        if (outcome instanceof Door.Outcome.Failed) {
            response.put("functionError", "Unhandled");
        }
    }
}
