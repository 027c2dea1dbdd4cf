package dev.sluice.local;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON in which the event source mapping of a standard queue hands messages over, and its rules.
 *
 * @param name of the queue
 * @param most messages of one event
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with Amazon SQS</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling errors for an SQS
 *     event source in Lambda</a>
 */
record SqsEvent(String name, String queueArn, int most) implements QueueEvents {

    /**
     * What is recommended for a queue's visibility timeout.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">Creating and configuring an
     *     Amazon SQS event source mapping</a>
     */
    static final int TIMEOUTS_HELD = 6;

    static SqsEvent of(SqsClient sqs, String queue, int most) {
        var url = sqs.getQueueUrl(of -> of.queueName(queue)).queueUrl();
        var arn = sqs.getQueueAttributes(of -> of.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return new SqsEvent(queue, Objects.requireNonNull(arn), most);
    }

    @Override
    public OptionalInt tries() {
        return OptionalInt.empty();
    }

    @Override
    public Duration held(Duration timeout) {
        return timeout.multipliedBy(TIMEOUTS_HELD);
    }

    @Override
    public String event(List<Message> messages) {
        var event = JsonNodeFactory.instance.objectNode();
        var records = event.putArray("Records");
        messages.forEach(message -> records.add(item(message)));
        return JsonMapper.shared().writeValueAsString(event);
    }

    private ObjectNode item(Message message) {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("messageId", message.messageId())
                .put("receiptHandle", message.receiptHandle())
                .put("body", message.body());
        message.attributesAsStrings().forEach(node.putObject("attributes")::put);
        // Sluice's own messages carry no attributes of their sender.
        node.putObject("messageAttributes");
        return node.put("md5OfBody", message.md5OfBody())
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", queueArn)
                .put("awsRegion", LocalEndpoints.REGION);
    }

    @Override
    public Set<String> failed(String reply, List<String> ids) {
        return BatchReply.failed(reply, ids);
    }
}
