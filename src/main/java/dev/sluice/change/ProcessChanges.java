package dev.sluice.change;

import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.change.ConsumerRun.Step;
import dev.sluice.change.Incoming.Claimed;
import dev.sluice.invocation.Invocation;
import dev.sluice.letter.Letter;
import dev.sluice.letter.Letters;
import dev.sluice.value.Json;
import java.io.Flushable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands change events to the configured consumers, to each of them in order per key and side by side across keys. An event
 * that is not above the last one of its key is dropped, as far as this process remembers. What a consumer does not take
 * becomes a dead letter of that consumer; what the call's time did not suffice for is answered with its lowest sequence
 * number, and Lambda sends the batch again from there. A consumer that is {@link Flushable} is flushed at the end of each
 * batch.
 */
final class ProcessChanges implements Function<ChangeEventBatch, BatchReply> {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessChanges.class);

    private final List<Subscriber> subscribers;
    private final Claims claims;
    private final Letters letters;
    private final ProcessingSettings settings;

    ProcessChanges(
            Map<String, Consumer<ChangeEvent>> consumers, Claims claims, Letters letters, ProcessingSettings settings) {
        this.subscribers = consumers.entrySet().stream()
                .map(entry -> new Subscriber(entry.getKey(), entry.getValue(), settings.rememberedKeys()))
                .toList();
        this.claims = claims;
        this.letters = letters;
        this.settings = settings;
    }

    @Override
    public BatchReply apply(ChangeEventBatch batch) {
        Invocation invocation = Invocation.current();
        List<Subscriber> addressed = addressed(batch);
        var unfinished = new BitSet(batch.deliveries().size());
        List<Step> steps = steps(batch.deliveries(), unfinished, invocation);
        List<ConsumerRun> runs = addressed.stream()
                .map(subscriber -> new ConsumerRun(subscriber, steps, claims, letters, settings, invocation))
                .toList();
        work(runs, invocation);
        end(runs);
        runs.forEach(run -> unfinished.or(run.unfinished()));
        int dropped = runs.stream().mapToInt(ConsumerRun::dropped).sum();
        if (dropped > 0) {
            LOG.info("Dropped {} events that were copies, or behind the last one of their key.", dropped);
        }
        Optional<String> lowest = unfinished.stream()
                .mapToObj(record -> batch.deliveries().get(record).sequence())
                .findFirst();
        lowest.ifPresent(sequence -> LOG.warn(
                "{} of {} records are not processed; to go on from {}.",
                unfinished.cardinality(),
                batch.deliveries().size(),
                sequence));
        return new BatchReply(
                BatchReply.from(lowest).batchItemFailures(), batch.consumer().map(_ -> dropped));
    }

    private List<Subscriber> addressed(ChangeEventBatch batch) {
        if (batch.consumer().isEmpty()) {
            return subscribers;
        }
        List<Subscriber> named = subscribers.stream()
                .filter(subscriber -> batch.consumer().get().equals(subscriber.name()))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("The batch is for a consumer that sluice.consumers does not name.");
        }
        return named;
    }

    /** The events of all records; records that hold something else are dealt with. */
    private List<Step> steps(List<Delivery> deliveries, BitSet unfinished, Invocation invocation) {
        var steps = new ArrayList<Step>();
        int foreign = 0;
        for (int i = 0; i < deliveries.size(); i++) {
            Delivery delivery = deliveries.get(i);
            boolean whole = true;
            for (Incoming incoming : CloudEvents.decode(delivery.event())) {
                if (incoming instanceof Incoming.Event event && isOurs(event)) {
                    steps.add(new Step(i, delivery, event));
                } else {
                    whole = false;
                    foreign++;
                }
            }
            if (!whole && settings.foreign() == ProcessingSettings.Foreign.LETTER && !keep(delivery, invocation)) {
                unfinished.set(i);
            }
        }
        if (foreign > 0) {
            LOG.warn("{} records or parts of records are no change events.", foreign);
        }
        return steps;
    }

    private boolean isOurs(Incoming.Event event) {
        return !(event instanceof Claimed claimed) || claims.owns(claimed.dataref());
    }

    private boolean keep(Delivery delivery, Invocation invocation) {
        var input = new ChangeEventBatch(List.of(new Delivery(delivery.sequence(), json(delivery.event()))));
        try {
            letters.keep(
                    new Letter(
                            "processChanges",
                            delivery.sequence(),
                            "foreign-record",
                            delivery.arrived().orElse(Instant.EPOCH),
                            1,
                            Json.of(JsonMapper.shared().writeValueAsBytes(input))),
                    invocation.timeLeft());
            return true;
        } catch (SdkException e) {
            LOG.warn("A dead letter could not be kept: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    /** What is no JSON is kept as a text of base64. */
    private static Json json(Json bytes) {
        try {
            bytes.tree();
            return bytes;
        } catch (JacksonException _) {
            return Json.of("\"" + Base64.getEncoder().encodeToString(bytes.utf8()) + "\"");
        }
    }

    /** Consumers do not wait for each other. One that never returns is interrupted when the call's time is over. */
    private static void work(List<ConsumerRun> runs, Invocation invocation) {
        var workers = new ArrayList<Callable<Void>>();
        for (ConsumerRun run : runs) {
            for (int i = run.threads(); i > 0; i--) {
                workers.add(() -> worker(run, invocation));
            }
        }
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Future<Void> worker :
                    threads.invokeAll(workers, invocation.timeLeft().toMillis(), TimeUnit.MILLISECONDS)) {
                worker.get();
            }
        } catch (CancellationException _) {
            LOG.warn("A consumer had not returned when the call's time was over.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("Change events could not be processed.", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void worker(ConsumerRun run, Invocation invocation) throws Exception {
        try (var _ = MDC.putCloseable("requestId", invocation.requestId())) {
            return invocation.call(() -> {
                run.work();
                return null;
            });
        }
    }

    private static void end(List<ConsumerRun> runs) {
        Optional<Exception> failed = Optional.empty();
        for (ConsumerRun run : runs) {
            try {
                run.end();
            } catch (IOException | RuntimeException e) {
                failed = Optional.of(e);
            }
        }
        if (failed.isPresent()) {
            throw new UnflushedException(failed.get());
        }
    }

    /** A consumer could not be flushed; it is given the batch again. */
    static final class UnflushedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnflushedException(Exception cause) {
            super("A consumer could not be flushed.", cause);
        }
    }
}
