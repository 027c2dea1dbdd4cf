package dev.sluice.trigger;

import dev.sluice.invocation.Invocation;
import dev.sluice.letter.Letter;
import dev.sluice.letter.LetterId;
import dev.sluice.letter.Letters;
import dev.sluice.object.ObjectNotice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queue of what has failed for good, whose messages become dead letters: asynchronous invocations after their tries,
 * batches of streams that were given up, and messages that other queues have moved there.
 */
final class FailedMessages {

    /** What a letter is sent again to: the door itself, with the event that it failed at. */
    static final String DOOR = "triggerRouter";

    private static final S3Notification NOTIFICATION = new S3Notification();

    private final String queue;
    private final Letters letters;
    private final JsonMapper mapper;

    /** @param queue the queue's name; empty if there is none */
    FailedMessages(String queue, Letters letters, JsonMapper mapper) {
        this.queue = queue;
        this.letters = letters;
        this.mapper = mapper;
    }

    /**
     * Keeps what a message of the queue tells of.
     *
     * @return whether it is one of that queue
     * @throws RuntimeException if that could not be kept now
     */
    boolean keep(QueuedMessage message) {
        boolean own = !queue.isEmpty() && message.queue().endsWith(":" + queue);
        if (own) {
            keepOwn(message);
        }
        return own;
    }

    private void keepOwn(QueuedMessage message) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        Optional<EventShape> shape = shape(body);
        Optional<LetterId> letter = shape.flatMap(_ -> LetterId.inMessage(body, mapper));
        if (letter.isPresent()) {
            letters.failedAgain(
                    letter.get(),
                    message.id(),
                    tries(message),
                    Invocation.current().timeLeft());
        } else if (shape.filter(FailedInvocation::isRecord).isPresent()) {
            keep(FailedInvocation.read(body));
        } else if (shape.filter(NOTIFICATION::recognises).isEmpty() || !keepBatches(NOTIFICATION.read(body))) {
            keep(new Letter(
                    DOOR, message.id(), "message-failed", message.sent(), tries(message), message.alone(mapper)));
        }
    }

    /**
     * Whether the notification is of batches that Lambda has put into the store bucket, and of nothing else: of nothing at all
     * is S3's test message, which comes when the bucket is made.
     */
    private boolean keepBatches(List<ObjectNotice> notices) {
        List<byte[]> records = notices.stream()
                .map(notice -> letters.fromLambda(notice.bucket(), notice.key()))
                .flatMap(Optional::stream)
                .toList();
        if (records.size() < notices.size()) {
            return false;
        }
        records.forEach(record -> keep(FailedInvocation.read(record)));
        return true;
    }

    /**
     * How often its own queue gave it out: SQS counts on in the dead-letter queue (Amazon SQS API Reference,
     * ReceiveMessage: {@code ApproximateReceiveCount} is "across all queues").
     */
    private static int tries(QueuedMessage message) {
        return Math.max(1, message.receives() - 1);
    }

    private void keep(Letter letter) {
        letters.keepOnce(letter, Invocation.current().timeLeft());
    }

    private static Optional<EventShape> shape(byte[] body) {
        try {
            return Optional.of(EventLook.whole(body));
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }
}
