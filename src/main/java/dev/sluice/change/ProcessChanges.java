package dev.sluice.change;

import dev.sluice.invocation.Invocation;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands change events to the configured consumers, in order. Where a consumer throws, or the call's time is over, the batch is answered with that
 * record's sequence number, and Lambda sends it again from there. A record that is no change event is counted and passed
 * over. A consumer that is {@link Flushable} is flushed at the end of each batch.
 */
final class ProcessChanges implements Function<ChangeEventBatch, BatchReply> {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessChanges.class);

    private final Map<String, Consumer<ChangeEvent>> consumers;

    ProcessChanges(Map<String, Consumer<ChangeEvent>> consumers) {
        this.consumers = consumers;
    }

    @Override
    public BatchReply apply(ChangeEventBatch batch) {
        Instant lastTry = Invocation.current().lastTry();
        int foreign = 0;
        Optional<String> failed = Optional.empty();
        for (var delivery : batch.deliveries()) {
            Optional<ChangeEvent> event = CloudEvents.decode(delivery.event());
            if (event.isEmpty()) {
                foreign++;
            } else if (Instant.now().isAfter(lastTry) || !consume(event.get())) {
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
