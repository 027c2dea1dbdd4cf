package dev.sluice.local;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Takes a queue's messages to the function. What is done is deleted; what has failed becomes visible again after a while,
 * sooner than on Lambda, so that one at a laptop need not wait; the queue's redrive policy says how often. While nobody
 * answers, messages are held, and no try is counted, as Lambda does when it cannot run a function.
 */
final class QueueMapping {

    private static final int WAIT_SECONDS = 5;

    /** SQS hides a message no longer. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private final QueueEvents events;
    private final SqsClient sqs;
    private final String queueUrl;
    private final Duration timeout;
    private final Invoker invoker;
    private final Patience patience;
    private final Consumer<String> notes;

    QueueMapping(QueueEvents events, SqsClient sqs, String queue, Duration timeout, Invoker invoker) {
        this.events = events;
        this.sqs = sqs;
        this.queueUrl = sqs.getQueueUrl(of -> of.queueName(queue)).queueUrl();
        this.timeout = timeout;
        this.invoker = invoker;
        this.patience = invoker.patience();
        this.notes = invoker.notes();
    }

    /** Polls until the triggers are closed; several threads may. */
    void run() {
        var attempt = 0;
        while (!patience.isClosed()) {
            try {
                var messages = receive();
                if (!messages.isEmpty()) {
                    invoke(messages);
                }
                attempt = 0;
            } catch (RuntimeException e) {
                if (!patience.isClosed()) {
                    notes.accept(events.name() + " could not be received: " + e.getMessage());
                    patience.afterFailure(++attempt);
                }
            }
        }
    }

    private List<Message> receive() {
        var held = events.held(timeout);
        return sqs.receiveMessage(of -> of.queueUrl(queueUrl)
                        .maxNumberOfMessages(events.most())
                        .waitTimeSeconds(WAIT_SECONDS)
                        .visibilityTimeout(seconds(held))
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    private void invoke(List<Message> messages) {
        var outcome = invoker.door().invokeWhenReachable(events.event(messages), patience, notes);
        if (patience.isClosed() && Thread.interrupted() && !(outcome instanceof Door.Outcome.Replied)) {
            // Given back at once, else they would be held until the longest invocation could be over.
            messages.forEach(message -> release(message, 0));
            return;
        }
        switch (outcome) {
            case Door.Outcome.Replied reply -> {
                var failed = failed(reply, messages);
                messages.stream()
                        .filter(message -> !failed.contains(message.messageId()))
                        .forEach(this::delete);
                retry(
                        messages.stream()
                                .filter(message -> failed.contains(message.messageId()))
                                .toList(),
                        new Door.Outcome.Failed("the reply"));
            }
            case Door.Outcome.Failed failure -> retry(messages, failure);
            case Door.Outcome.Unreachable _ -> messages.forEach(message -> release(message, 0));
        }
    }

    private Set<String> failed(Door.Outcome.Replied reply, List<Message> messages) {
        return events.failed(
                reply.body(), messages.stream().map(Message::messageId).toList());
    }

    private void retry(List<Message> messages, Door.Outcome.Failed failure) {
        for (var message : messages) {
            var tries =
                    Integer.parseInt(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
            notes.accept(events.name() + ": one failed at try " + tries + ": " + failure.reason());
            if (tries >= events.tries().orElse(Integer.MAX_VALUE)) {
                invoker.failures().accept(FailureRecord.ofEvent(message.body(), tries, failure, patience.now()));
                // Whoever closes the triggers may have kept the record from being sent: then it comes again.
                if (!patience.isClosed()) {
                    delete(message);
                }
                continue;
            }
            release(message, seconds(patience.retryPause(tries)));
        }
    }

    private void delete(Message message) {
        sqs.deleteMessage(of -> of.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    }

    private void release(Message message, int seconds) {
        sqs.changeMessageVisibility(of ->
                of.queueUrl(queueUrl).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
    }

    private static int seconds(Duration time) {
        return (int)
                (time.compareTo(LONGEST) < 0 ? time : LONGEST).plusMillis(999).toSeconds();
    }
}
