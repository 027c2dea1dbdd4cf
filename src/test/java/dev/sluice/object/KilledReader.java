package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.invocation.Invocation;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.databind.json.JsonMapper;

/** Reads one object in a process of its own, and what the work queue holds of it, until its state is final. */
final class KilledReader {

    private static final int HIDDEN_SECONDS = 5;
    private static final long PAUSE_NANOS = 100_000_000;

    private KilledReader() {}

    /**
     * Reads and ends; rests after each batch of rows for as long as {@code -Dkilled.rest} says, in milliseconds.
     *
     * @param arguments bucket, key, the work queue's URL, settings
     */
    public static void main(String[] arguments) throws Exception {
        var notice = new ObjectNotice(arguments[0], arguments[1]);
        var settings = Arrays.copyOfRange(arguments, 3, arguments.length);
        long restNanos = Duration.ofMillis(Long.getLong("killed.rest", 0)).toNanos();
        try (var reader = new ReaderProcess(settings)) {
            reader.afterBatch(() -> LockSupport.parkNanos(restNanos));
            while (!reader.read(notice, Invocation.unbounded()).unread().isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            boolean read = false;
            while (!read) {
                try {
                    serve(reader, arguments[2]);
                    read = isRead(reader, notice);
                } catch (SdkException _) {
                    // A call that took too long, or a message that came back meanwhile: the queue has it still.
                    read = false;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean isRead(ReaderProcess reader, ObjectNotice notice) {
        return reader.bean(Ledger.class)
                .find(ObjectId.of(notice.bucket(), notice.key()))
                .filter(entry -> entry.state().isFinal())
                .isPresent();
    }

    private static void serve(ReaderProcess reader, String queue) throws Exception {
        var sqs = reader.bean(AwsClients.class).sqs();
        for (var message : sqs.receiveMessage(
                        receive -> receive.queueUrl(queue).waitTimeSeconds(0).visibilityTimeout(HIDDEN_SECONDS))
                .messages()) {
            boolean done = true;
            for (ObjectNotice notice : JsonMapper.shared()
                    .readValue(message.body(), ObjectNotices.class)
                    .notices()) {
                done &= reader.read(notice, Invocation.unbounded()).unread().isEmpty();
            }
            if (done) {
                sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
    }
}
