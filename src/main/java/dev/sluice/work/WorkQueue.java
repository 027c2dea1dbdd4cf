package dev.sluice.work;

import dev.sluice.aws.AwsClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.json.JsonMapper;

/** A standard SQS queue whose messages come back to the door, at least once and in any order. */
public final class WorkQueue {

    /** Amazon SQS API Reference, SendMessage and SendMessageBatch: {@code DelaySeconds}, and entries of a batch. */
    private static final long LONGEST_DELAY = 900;

    private static final int BATCH = 10;

    private final AwsClients aws;
    private final WorkSettings settings;
    private final JsonMapper mapper;

    WorkQueue(AwsClients aws, WorkSettings settings, JsonMapper mapper) {
        this.aws = aws;
        this.settings = settings;
        this.mapper = mapper;
    }

    /**
     * Keeps each item as one message of JSON; returns when all of them are durably kept.
     *
     * @param delay until when nobody gets them, 15 minutes at most
     * @throws RefusedException if SQS did not take one; others may be in the queue then
     */
    public void send(List<?> items, Duration delay) {
        send(settings.queue(), items, delay);
    }

    /**
     * The same with dead letters that are to be sent again, which may have a queue of their own.
     *
     * @throws RefusedException if SQS did not take one; others may be in the queue then
     */
    public void sendLetters(List<?> letters) {
        send(settings.letters().isEmpty() ? settings.queue() : settings.letters(), letters, Duration.ZERO);
    }

    private void send(String queue, List<?> items, Duration delay) {
        int seconds = (int) Math.clamp(delay.plusMillis(999).toSeconds(), 0, LONGEST_DELAY);
        for (int from = 0; from < items.size(); from += BATCH) {
            var entries = new ArrayList<SendMessageBatchRequestEntry>(BATCH);
            for (Object item : items.subList(from, Math.min(items.size(), from + BATCH))) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .messageBody(mapper.writeValueAsString(item))
                        .delaySeconds(seconds)
                        .build());
            }
            var reply = aws.sqs()
                    .sendMessageBatch(request -> request.queueUrl(queue).entries(entries));
            if (!reply.failed().isEmpty()) {
                throw new RefusedException(reply.failed().getFirst().code());
            }
        }
    }

    /** SQS refused a message. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String code) {
            super("The work queue did not take a message (%s); it has to be sent again.".formatted(code));
        }
    }
}
