package dev.sluice.change;

import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.change.Incoming.Claimed;
import dev.sluice.change.Incoming.Foreign;
import dev.sluice.change.Incoming.Whole;
import dev.sluice.invocation.Invocation;
import dev.sluice.letter.Letter;
import dev.sluice.letter.Letters;
import dev.sluice.value.Json;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands change events to the configured consumers, in order. Where a consumer throws, or the call's time is over, the batch is answered with that
 * record's sequence number, and Lambda sends it again from there. A record that is no change event is counted and passed
 * over; an event whose data is gone becomes a dead letter. A consumer that is {@link Flushable} is flushed at the end of
 * each batch.
 */
final class ProcessChanges implements Function<ChangeEventBatch, BatchReply> {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessChanges.class);

    private final Map<String, Consumer<ChangeEvent>> consumers;
    private final Claims claims;
    private final Letters letters;

    ProcessChanges(Map<String, Consumer<ChangeEvent>> consumers, Claims claims, Letters letters) {
        this.consumers = consumers;
        this.claims = claims;
        this.letters = letters;
    }

    @Override
    public BatchReply apply(ChangeEventBatch batch) {
        Invocation invocation = Invocation.current();
        int foreign = 0;
        Optional<String> failed = Optional.empty();
        for (Delivery delivery : batch.deliveries()) {
            List<Incoming> record = CloudEvents.decode(delivery.event());
            foreign += (int) record.stream().filter(this::isForeign).count();
            if (!record.stream()
                    .filter(incoming -> !isForeign(incoming))
                    .allMatch(incoming -> process(incoming, delivery, invocation))) {
                failed = Optional.of(delivery.sequence());
                break;
            }
        }
        if (foreign > 0) {
            LOG.warn("Passed over {} records that are no change events.", foreign);
        }
        flush();
        return BatchReply.from(failed);
    }

    private boolean isForeign(Incoming incoming) {
        return switch (incoming) {
            case Whole _ -> false;
            case Claimed claimed -> !claims.owns(claimed.dataref());
            case Foreign _ -> true;
        };
    }

    /** Whether the event is dealt with. */
    private boolean process(Incoming incoming, Delivery delivery, Invocation invocation) {
        if (Instant.now().isAfter(invocation.lastTry())) {
            return false;
        }
        return switch (incoming) {
            case Whole(ChangeEvent event) -> consume(event);
            case Claimed claimed -> fetch(claimed, delivery, invocation);
            case Foreign _ -> true;
        };
    }

    private boolean fetch(Claimed claimed, Delivery delivery, Invocation invocation) {
        try {
            Optional<ChangeEvent> event =
                    claims.find(claimed.dataref(), invocation.timeLeft()).flatMap(claimed::with);
            if (event.isPresent()) {
                return consume(event.get());
            }
            letters.keep(letter(claimed, delivery), invocation.timeLeft());
            return true;
        } catch (SdkException e) {
            LOG.warn(
                    "The store bucket did not answer for the data of an event: {}",
                    e.getClass().getSimpleName());
            return false;
        }
    }

    /** Nothing brings back what has expired, and what comes after it must not wait. */
    private static Letter letter(Claimed claimed, Delivery delivery) {
        var alone = new Delivery(delivery.sequence(), Json.of(claimed.envelope().toString()));
        return new Letter(
                "processChanges",
                claimed.dataref(),
                "claim-gone",
                claimed.time(),
                Json.of(JsonMapper.shared().writeValueAsBytes(new ChangeEventBatch(List.of(alone)))));
    }

    private boolean consume(ChangeEvent event) {
        for (var consumer : consumers.entrySet()) {
            try {
                consumer.getValue().accept(event);
            } catch (RuntimeException e) {
                // Its message may hold what the consumer was given.
                LOG.error(
                        "The consumer {} failed with {} at event {}.",
                        consumer.getKey(),
                        e.getClass().getName(),
                        event.id());
                return false;
            }
        }
        return true;
    }

    private void flush() {
        for (var consumer : consumers.values()) {
            if (consumer instanceof Flushable flushable) {
                try {
                    flushable.flush();
                } catch (IOException e) {
                    throw new UncheckedIOException("A consumer could not be flushed.", e);
                }
            }
        }
    }
}
