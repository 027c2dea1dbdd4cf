package dev.sluice.local;

import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The on-failure destination of asynchronous invocations. Unlike Lambda, which drops what it cannot send, it tries until it
 * can.
 */
final class FailureQueue implements Consumer<String> {

    private final SqsClient sqs;
    private final String url;
    private final Patience patience;
    private final Consumer<String> notes;

    FailureQueue(SqsClient sqs, String queue, Patience patience, Consumer<String> notes) {
        this.sqs = sqs;
        this.url = sqs.getQueueUrl(of -> of.queueName(queue)).queueUrl();
        this.patience = patience;
        this.notes = notes;
    }

    @Override
    public void accept(String failureRecord) {
        patience.insist(
                "the queue of what has failed",
                notes,
                () -> sqs.sendMessage(of -> of.queueUrl(url).messageBody(failureRecord)));
    }
}
