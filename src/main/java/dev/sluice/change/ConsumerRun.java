package dev.sluice.change;

import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.change.Incoming.Claimed;
import dev.sluice.change.Incoming.Whole;
import dev.sluice.invocation.Invocation;
import dev.sluice.lane.Backoff;
import dev.sluice.lane.Lanes;
import dev.sluice.letter.Letter;
import dev.sluice.letter.Letters;
import dev.sluice.value.Json;
import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call's events on their way into one consumer: of each key one after the other, of different keys side by side. An
 * event that the consumer does not take in so many tries becomes a dead letter, and its key goes on.
 */
final class ConsumerRun {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRun.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Subscriber subscriber;
    private final Claims claims;
    private final Letters letters;
    private final ProcessingSettings settings;
    private final Invocation invocation;
    private final Backoff backoff;

    private final Lanes<String, Step> lanes = new Lanes<>();
    private final Map<Integer, Integer> open = new HashMap<>();

    /** Sequences that count as seen once the consumer is flushed. */
    private final Map<String, String> seen = new HashMap<>();

    private int dropped;
    private boolean over;

    /** An event and the number of its record in the batch. */
    record Step(int record, Delivery delivery, Incoming.Event event) {}

    ConsumerRun(
            Subscriber subscriber,
            List<Step> steps,
            Claims claims,
            Letters letters,
            ProcessingSettings settings,
            Invocation invocation) {
        this.subscriber = subscriber;
        this.claims = claims;
        this.letters = letters;
        this.settings = settings;
        this.invocation = invocation;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, invocation.lastTry());
        for (Step step : steps) {
            lanes.add(lane(step), step);
            open.merge(step.record(), 1, Integer::sum);
        }
    }

    /** How many threads can work at it. */
    int threads() {
        return Math.min(settings.parallel(), lanes.ready());
    }

    /** Hands events over until none is left to take; several threads may. */
    void work() {
        for (Optional<Step> step = next(); step.isPresent(); step = next()) {
            if (handle(step.get())) {
                done(step.get());
            }
        }
    }

    private synchronized Optional<Step> next() {
        return over ? Optional.empty() : lanes.take(1).stream().findFirst();
    }

    private synchronized void done(Step step) {
        lanes.done(lane(step));
        open.computeIfPresent(step.record(), (_, left) -> left > 1 ? left - 1 : null);
    }

    /** Whether the event is dealt with; if not, those after it in its lane have to wait for another call. */
    private boolean handle(Step step) {
        Incoming.Event event = step.event();
        if (!isNew(event)) {
            return true;
        }
        try {
            return switch (event) {
                case Whole(ChangeEvent whole) -> offer(step, whole);
                case Claimed claimed -> {
                    if (!isTimeLeft()) {
                        yield false;
                    }
                    Optional<ChangeEvent> whole = claims.find(claimed.dataref(), invocation.timeLeft())
                            .flatMap(claimed::with);
                    // Nothing brings back what has expired, and what comes after it must not wait.
                    yield whole.isPresent()
                            ? offer(step, whole.get())
                            : keep(
                                    step,
                                    "claim-gone",
                                    1,
                                    Json.of(claimed.envelope().toString()));
                }
            };
        } catch (SdkException e) {
            LOG.warn("The store bucket did not answer: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    private boolean offer(Step step, ChangeEvent event) {
        for (int tries = 1; isTimeLeft(); tries++) {
            try {
                subscriber.consumer().accept(event);
                seen(event);
                return true;
            } catch (RuntimeException | StackOverflowError e) {
                // Its message may hold what the consumer was given.
                LOG.warn(
                        "The consumer {} failed with {} at event {}, try {}.",
                        subscriber.name(),
                        e.getClass().getName(),
                        event.id(),
                        tries);
                if (!isTimeLeft()) {
                    return false;
                }
                if (tries == settings.tries()) {
                    return keep(step, "consumer-failed", tries, Json.of(new EventWriter().whole(event)));
                }
                if (!backoff.pause(tries)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** A letter's event does not count as seen: it may come again, unless a later one of its key has come since. */
    private boolean keep(Step step, String reason, int tries, Json event) {
        var input = new ChangeEventBatch(
                List.of(new Delivery(step.delivery().sequence(), event)), Optional.of(subscriber.name()));
        letters.keep(
                new Letter(
                        "processChanges/" + subscriber.name(),
                        step.event().source() + " " + step.event().id(),
                        reason,
                        step.event().time(),
                        tries,
                        Json.of(JsonMapper.shared().writeValueAsBytes(input))),
                invocation.timeLeft());
        return true;
    }

    private boolean isTimeLeft() {
        return Instant.now().isBefore(invocation.lastTry());
    }

    private synchronized boolean isNew(Incoming.Event event) {
        boolean isNew = new LastSequences(seen).isNew(event.source(), event.subject(), event.sequence())
                && subscriber.isNew(event.source(), event.subject(), event.sequence());
        dropped += isNew ? 0 : 1;
        return isNew;
    }

    private synchronized void seen(ChangeEvent event) {
        new LastSequences(seen).seen(event.source(), event.subject(), event.sequence());
    }

    /**
     * Ends the run: nothing more is handed over, and what was is flushed.
     *
     * @throws IOException if the consumer could not be flushed; it is given everything again then
     */
    void end() throws IOException {
        Map<String, String> taken;
        synchronized (this) {
            over = true;
            taken = Map.copyOf(seen);
        }
        if (subscriber.consumer() instanceof Flushable flushable) {
            flushable.flush();
        }
        subscriber.remember(taken);
    }

    /** The records of which an event is not dealt with. */
    synchronized BitSet unfinished() {
        var records = new BitSet();
        open.keySet().forEach(records::set);
        return records;
    }

    /** How many events were dropped as copies, or as being behind their key's last one. */
    synchronized int dropped() {
        return dropped;
    }

    private static String lane(Step step) {
        return step.event().source() + "\n" + step.event().subject();
    }
}
