package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.letter.LetterId;
import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A queue (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS"), whose messages are S3's, SNS's or EventBridge's, or
 * Sluice's own: notices, or a dead letter to be sent again. Those of the queue of what has failed become dead letters. The
 * reply names the messages that have to be sent again. One that cannot be understood is among them, so that the queue moves it to its dead-letter queue in the end.
 */
final class SqsTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(SqsTrigger.class);

    private final Function<ObjectNotices, ReadReport> readObjects;
    private final Predicate<QueuedMessage> kept;
    private final Predicate<LetterId> sentAgain;
    private final JsonMapper mapper;
    private final NoticeForms bodies;

    /**
     * @param kept keeps a message that has failed for good as a letter; false for any other
     * @param sentAgain sends a letter again; false if it has to be tried once more
     */
    SqsTrigger(
            Function<ObjectNotices, ReadReport> readObjects,
            Predicate<QueuedMessage> kept,
            Predicate<LetterId> sentAgain,
            JsonMapper mapper) {
        this.readObjects = readObjects;
        this.kept = kept;
        this.sentAgain = sentAgain;
        this.mapper = mapper;
        this.bodies = NoticeForms.OF_AWS.and(new SnsEnvelope(), new WorkMessage(mapper));
    }

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.recordSource().equals(QueuedMessage.SOURCE);
    }

    @Override
    public byte[] handle(byte[] event) {
        List<QueuedMessage> messages = EventReader.records(event, QueuedMessage::of);
        Map<QueuedMessage, List<ObjectNotice>> told = new LinkedHashMap<>();
        var done = new HashSet<QueuedMessage>();
        for (QueuedMessage message : messages) {
            try {
                Optional<LetterId> letter = letter(message);
                if (kept.test(message) || letter.filter(sentAgain).isPresent()) {
                    done.add(message);
                } else if (letter.isEmpty()) {
                    told.put(message, bodies.read(message.body()));
                }
            } catch (MalformedEventException | UnknownEventException e) {
                LOG.warn("The message {} cannot be understood: {}", message.shortId(), e.getMessage());
            } catch (RuntimeException e) {
                // Its message may hold what the event held.
                LOG.warn(
                        "The message {} failed: {}",
                        message.shortId(),
                        e.getClass().getName());
            }
        }
        done.addAll(read(told));
        return mapper.writeValueAsBytes(new BatchReply(failed(messages, done)));
    }

    private Optional<LetterId> letter(QueuedMessage message) {
        return LetterId.inMessage(message.body().getBytes(StandardCharsets.UTF_8), mapper);
    }

    /** The messages of which every notice was read. */
    private Set<QueuedMessage> read(Map<QueuedMessage, List<ObjectNotice>> told) {
        if (told.isEmpty()) {
            return Set.of();
        }
        ReadReport report = readObjects.apply(
                new ObjectNotices(told.values().stream().flatMap(List::stream).toList()));
        var unread = Set.copyOf(report.unread());
        told.values().removeIf(notices -> notices.stream().anyMatch(unread::contains));
        return told.keySet();
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
