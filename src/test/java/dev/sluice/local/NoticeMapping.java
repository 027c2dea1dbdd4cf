package dev.sluice.local;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * S3's asynchronous invocations: each notice is one event. A failure makes its message visible again after a while; the
 * queue's redrive policy, three receives, stands for Lambda's two retries and its dead-letter queue. While nobody
 * answers, a message is held, and no try is counted, as Lambda does when it cannot run a function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How Lambda handles
 *     errors and retries with asynchronous invocation</a>
 */
final class NoticeMapping {

    private static final int WAIT_SECONDS = 5;
    private static final int MARGIN_SECONDS = 30;

    private final SqsClient sqs;
    private final String queueUrl;
    private final Door door;
    private final TriggerSettings settings;
    private final Patience patience;
    private final Consumer<String> notes;

    NoticeMapping(
            SqsClient sqs,
            String queue,
            Door door,
            TriggerSettings settings,
            Patience patience,
            Consumer<String> notes) {
        this.sqs = sqs;
        this.queueUrl = sqs.getQueueUrl(of -> of.queueName(queue)).queueUrl();
        this.door = door;
        this.settings = settings;
        this.patience = patience;
        this.notes = notes;
    }

    void run() {
        var attempt = 0;
        while (!patience.isClosed()) {
            try {
                sqs.receiveMessage(of -> of.queueUrl(queueUrl)
                                .maxNumberOfMessages(1)
                                .waitTimeSeconds(WAIT_SECONDS)
                                .visibilityTimeout(seconds(settings.timeout()) + MARGIN_SECONDS)
                                .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                        .messages()
                        .forEach(this::invoke);
                attempt = 0;
            } catch (RuntimeException e) {
                if (!patience.isClosed()) {
                    notes.accept("notices could not be received: " + e.getMessage());
                    patience.afterFailure(++attempt);
                }
            }
        }
    }

    private void invoke(Message message) {
        var outcome = door.invokeWhenReachable(message.body(), patience, notes);
        if (patience.isClosed() && Thread.interrupted() && !(outcome instanceof Door.Outcome.Replied)) {
            // Given back at once, else it would be held until the longest invocation could be over.
            release(message, 0);
            return;
        }
        switch (outcome) {
            case Door.Outcome.Replied _ ->
                sqs.deleteMessage(of -> of.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            case Door.Outcome.Failed failure -> {
                var tries = Integer.parseInt(
                        message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
                notes.accept("a notice failed at try " + tries + ": " + failure.reason());
                release(message, seconds(patience.backoff(tries)));
            }
            case Door.Outcome.Unreachable _ -> release(message, 0);
        }
    }

    private void release(Message message, int seconds) {
        sqs.changeMessageVisibility(of ->
                of.queueUrl(queueUrl).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
    }

    private static int seconds(Duration time) {
        return (int) time.plusMillis(999).toSeconds();
    }
}
