package dev.sluice.object;

import dev.sluice.local.LocalCloud;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.databind.json.JsonMapper;

/** What readers leave in a work queue. */
final class LeftNotices {

    private final SqsClient sqs;
    private final String queue;

    LeftNotices(LocalCloud cloud, String queueName) {
        sqs = cloud.sqsClient();
        queue = sqs.getQueueUrl(of -> of.queueName(queueName)).queueUrl();
    }

    /** Hands over what is there now; a message is gone only after that. */
    void take(Consumer<ObjectNotice> taker) {
        sqs.receiveMessage(of -> of.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(0))
                .messages()
                .forEach(message -> {
                    JsonMapper.shared()
                            .readValue(message.body(), ObjectNotices.class)
                            .notices()
                            .forEach(taker);
                    sqs.deleteMessage(of -> of.queueUrl(queue).receiptHandle(message.receiptHandle()));
                });
    }

    /** Also of messages that are to be seen later. */
    boolean isEmpty() {
        var counts = sqs.getQueueAttributes(of -> of.queueUrl(queue).attributeNamesWithStrings("All"))
                .attributesAsStrings();
        return Stream.of("", "Delayed", "NotVisible")
                .allMatch(kind -> "0".equals(counts.get("ApproximateNumberOfMessages" + kind)));
    }
}
