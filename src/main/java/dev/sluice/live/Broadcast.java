package dev.sluice.live;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells each connection what it wants to see; a connection that is slow or hangs keeps none of the others waiting. */
final class Broadcast {

    private final Outlet outlet;
    private final Turns turns;
    private final Consumer<String> gone;
    private final Executor senders;
    private final Clock clock;
    private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();

    /**
     * @param gone gets the id of each connection that is found to be closed
     * @param senders each message is sent in one of them
     */
    Broadcast(Outlet outlet, Turns turns, Consumer<String> gone, Executor senders, Clock clock) {
        this.outlet = outlet;
        this.turns = turns;
        this.gone = gone;
        this.senders = senders;
        this.clock = clock;
    }

    /** From now on these are the connections. */
    void connected(Collection<Connection> connections) {
        outboxes.keySet().retainAll(connections.stream().map(Connection::id).collect(Collectors.toSet()));
        for (Connection connection : connections) {
            outboxes.computeIfAbsent(connection.id(), _ -> new Outbox(connection))
                    .filter(connection.filter());
        }
    }

    boolean isToNobody() {
        return outboxes.isEmpty();
    }

    /** Whether nobody is told anything until then. */
    boolean isIdle(Instant until) {
        return outboxes.values().stream().allMatch(outbox -> outbox.isIdle(until));
    }

    void tell(LiveChange change) {
        outboxes.values().forEach(outbox -> outbox.add(change));
    }

    /** Nobody can be told of this change any more. */
    void miss(LiveChange change) {
        outboxes.values().forEach(outbox -> outbox.miss(change));
    }

    /**
     * Begins every message that is due.
     *
     * @return when the next one is; nothing if that takes another change, or the end of a message that is under way
     */
    Optional<Instant> send() {
        Instant now = clock.instant();
        Instant next = Instant.MAX;
        for (Outbox outbox : outboxes.values()) {
            Instant due = outbox.due().orElse(Instant.MAX);
            if (due.isAfter(now)) {
                next = due.isBefore(next) ? due : next;
            } else {
                outbox.begin();
                senders.execute(() -> send(outbox));
            }
        }
        return Optional.of(next).filter(Instant.MAX::isAfter);
    }

    private void send(Outbox outbox) {
        Instant asked = clock.instant();
        Optional<Instant> later = turns.take(outbox.connection(), asked);
        if (later.isPresent()) {
            outbox.postpone(later.get());
            return;
        }
        if (clock.instant().isAfter(asked.plus(Turns.USABLE))) {
            outbox.postpone(asked.plus(Turns.APART));
            return;
        }
        // Not before: what has come while others were sent goes with it.
        Bulletin bulletin = outbox.take();
        Outlet.Outcome outcome = outlet.send(outbox.connection(), bulletin.json());
        Instant now = clock.instant();
        if (outcome == Outlet.Outcome.SENT) {
            outbox.sent(now);
        } else {
            outbox.failed(bulletin, now);
            if (outcome == Outlet.Outcome.GONE && !outbox.isOpening(now)) {
                outboxes.remove(outbox.connection(), outbox);
                gone.accept(outbox.connection());
            }
        }
    }
}
