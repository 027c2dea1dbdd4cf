package dev.sluice.local;

import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An on-failure destination. Unlike Lambda, which drops what it cannot send, it tries until it can. */
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
        for (var attempt = 1; !patience.isClosed(); attempt++) {
            try {
                sqs.sendMessage(of -> of.queueUrl(url).messageBody(failureRecord));
                return;
            } catch (RuntimeException e) {
                notes.accept("the failure destination could not be reached: " + e.getMessage());
                patience.afterFailure(attempt);
            }
        }
    }
}
