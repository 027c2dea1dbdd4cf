package dev.sluice.trigger;

import dev.sluice.letter.Letter;
import dev.sluice.value.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

/**
 * What Lambda sends to a destination on failure: of an asynchronous invocation the whole event, as {@code requestPayload}
 * (AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations"); of a stream's batch, into a bucket,
 * the whole event as {@code payload}, but into a queue only the shard and its range of sequence numbers ("Retain
 * discarded batch records for a Kinesis Data Streams event source in Lambda", and the same for DynamoDB).
 */
final class FailedInvocation {

    private static final Set<String> BATCH = Set.of("KinesisBatchInfo", "DDBStreamBatchInfo");

    private String requestId = "";
    private String condition = "";
    private String timestamp = "";
    private int attempts = 1;
    private String start = "";
    private byte[] event = new byte[0];

    private FailedInvocation() {}

    static boolean isRecord(EventShape shape) {
        return shape.keys().contains("requestContext")
                && (shape.keys().contains("requestPayload")
                        || shape.keys().stream().anyMatch(BATCH::contains));
    }

    /**
     * The letter that such a record makes. Without the event it holds the record itself, which no bean takes.
     *
     * @throws MalformedEventException if it is not as documented
     */
    static Letter read(byte[] json) {
        var read = new FailedInvocation();
        EventReader.object(json, read::field);
        boolean whole = read.event.length > 0;
        return new Letter(
                whole ? FailedMessages.DOOR : "stream",
                // Halves of a batch may be given up in one invocation each, or have none.
                read.requestId + (read.start.isEmpty() ? "" : " " + read.start),
                whole ? reason(read.condition) : "not-whole",
                time(read.timestamp),
                Math.max(1, read.attempts),
                Json.of(whole ? read.event : json));
    }

    /** The conditions are {@code RetriesExhausted}, {@code RetryAttemptsExhausted}, {@code EventAgeExceeded} and the like. */
    private static String reason(String condition) {
        if (condition.contains("Age")) {
            return "too-old";
        }
        return condition.contains("Exhausted") ? "tries-exhausted" : "not-processed";
    }

    private static Instant time(String timestamp) {
        try {
            return Instant.parse(timestamp);
        } catch (DateTimeException _) {
            throw new MalformedEventException("A record of a failed invocation lacks its timestamp.");
        }
    }

    private void field(String name, EventReader value) {
        switch (name) {
            case "requestContext" -> value.fields(this::context);
            case "timestamp" -> timestamp = value.text();
            case "requestPayload" -> event = value.json();
            case "payload" -> event = value.jsonOrText();
            default -> {
                if (BATCH.contains(name)) {
                    value.fields(this::batch);
                }
            }
        }
    }

    private void context(String name, EventReader value) {
        switch (name) {
            case "requestId" -> requestId = value.text();
            case "condition" -> condition = value.text();
            case "approximateInvokeCount" -> attempts = number(value.text());
            default -> {}
        }
    }

    private void batch(String name, EventReader value) {
        if (name.equals("startSequenceNumber")) {
            start = value.text();
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 1;
        }
    }
}
