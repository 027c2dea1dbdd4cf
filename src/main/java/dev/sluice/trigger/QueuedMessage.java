package dev.sluice.trigger;

import dev.sluice.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * One message of an SQS event.
 *
 * @param queue the queue's ARN
 * @param group the message's group; empty if it has none
 * @param sent when it was sent (Amazon SQS API Reference, ReceiveMessage: {@code SentTimestamp}); 1970 if that is not known
 * @param receives how often it was received, this time included
 */
record QueuedMessage(String id, String body, String queue, String group, Instant sent, int receives) {

    static final String SOURCE = "eventSource=aws:sqs";

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,100}");

    static QueuedMessage of(EventReader record) {
        var found = new Object() {
            String id = "";
            String body = "";
            String queue = "";
            String group = "";
            long sent;
            long receives = 1;
        };
        record.record(SOURCE, (name, value) -> {
            switch (name) {
                case "messageId" -> found.id = value.text();
                case "body" -> found.body = value.text();
                case "eventSourceARN" -> found.queue = value.text();
                case "attributes" ->
                    value.fields((attribute, text) -> {
                        switch (attribute) {
                            case "MessageGroupId" -> found.group = text.text();
                            case "SentTimestamp" -> found.sent = number(text.text());
                            case "ApproximateReceiveCount" -> found.receives = number(text.text());
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        if (found.id.isEmpty()) {
            throw new MalformedEventException("A record of the SQS event lacks its messageId.");
        }
        return new QueuedMessage(
                found.id,
                found.body,
                found.queue,
                found.group,
                Instant.ofEpochMilli(found.sent),
                Math.clamp(found.receives, 1, Integer.MAX_VALUE));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new MalformedEventException("A record of the SQS event has an attribute that is no number.");
        }
    }

    /** Its id for the log: SQS's are letters, digits and hyphens, and nothing else gets there. */
    String shortId() {
        return ID.matcher(id).matches() ? id : "?";
    }

    /** Within which the queue keeps order: in a standard queue a group is about fairness, not about order. */
    String lane() {
        return queue.endsWith(".fifo") ? group : "";
    }

    /** An event with this message only, of no queue in particular. */
    Json alone(JsonMapper mapper) {
        return Json.of(mapper.writeValueAsBytes(
                Map.of("Records", List.of(Map.of("messageId", id, "body", body, "eventSource", "aws:sqs")))));
    }
}
