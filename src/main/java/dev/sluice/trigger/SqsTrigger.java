package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A queue (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS"), whose messages are S3's, SNS's or EventBridge's, or
 * Sluice's own. The reply names the messages that have to be sent again. One that cannot be understood is among them, so
 * that the queue moves it to its dead-letter queue in the end.
 */
final class SqsTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(SqsTrigger.class);

    private final Function<ObjectNotices, ReadReport> readObjects;
    private final JsonMapper mapper;
    private final NoticeForms bodies;

    SqsTrigger(Function<ObjectNotices, ReadReport> readObjects, JsonMapper mapper) {
        this.readObjects = readObjects;
        this.mapper = mapper;
        this.bodies = NoticeForms.OF_AWS.and(new SnsEnvelope(), new WorkMessage(mapper));
    }

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.recordSource().equals("eventSource=aws:sqs");
    }

    @Override
    public byte[] handle(byte[] event) {
        List<QueuedMessage> messages = EventReader.records(event, QueuedMessage::of);
        Map<QueuedMessage, List<ObjectNotice>> told = new HashMap<>();
        for (QueuedMessage message : messages) {
            try {
                told.put(message, bodies.read(message.body()));
            } catch (MalformedEventException | UnknownEventException e) {
                LOG.warn("The message {} cannot be understood: {}", message.id(), e.getMessage());
            }
        }
        ReadReport report = readObjects.apply(new ObjectNotices(messages.stream()
                .flatMap(message -> told.getOrDefault(message, List.of()).stream())
                .toList()));
        var unread = Set.copyOf(report.unread());
        told.values().removeIf(notices -> notices.stream().anyMatch(unread::contains));
        return mapper.writeValueAsBytes(new BatchReply(failed(messages, told.keySet())));
    }

    /** Those that are not done, and in a FIFO queue also those after them in their group, which keeps its order. */
    private static List<BatchReply.Failure> failed(List<QueuedMessage> messages, Set<QueuedMessage> done) {
        var held = new HashSet<String>();
        return messages.stream()
                .filter(message -> {
                    boolean failed = !done.contains(message) || held.contains(message.lane());
                    if (failed && !message.lane().isEmpty()) {
                        held.add(message.lane());
                    }
                    return failed;
                })
                .map(message -> new BatchReply.Failure(message.id()))
                .toList();
    }
}
