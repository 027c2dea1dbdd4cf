package dev.sluice.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one connection is still to be told: the next message as it grows, and how many changes found no room in it. At most
 * one message is under way, and the next one begins no sooner than the pace after it has arrived.
 */
final class Outbox {

    static final Duration PACE = Duration.ofMillis(250);

    /** The longest pause after messages that failed; it doubles with each. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    /** A connection is in the table before it is open: until then it is not there, and not gone either. */
    private static final Duration OPENING = Duration.ofSeconds(5);

    private final Connection connection;
    private Filter filter;
    private List<LiveChange> changes = new ArrayList<>();
    private int bytes;
    private long dropped;
    private boolean underWay;
    private Instant due = Instant.MIN;
    private int failures;

    Outbox(Connection connection) {
        this.connection = connection;
        this.filter = connection.filter();
    }

    String connection() {
        return connection.id();
    }

    synchronized void filter(Filter wanted) {
        filter = wanted;
    }

    /** Puts a change in, if the connection wants to see it. */
    synchronized void add(LiveChange change) {
        if (!filter.wants(change)) {
            return;
        }
        if (bytes + change.bytes() + 1 > Bulletin.MOST_CHANGES) {
            dropped++;
        } else {
            changes.add(change);
            bytes += change.bytes() + 1;
        }
    }

    /** A change is lost that would have been put in. */
    synchronized void miss(LiveChange change) {
        if (filter.wants(change)) {
            dropped++;
        }
    }

    /** When the next message may begin; nothing if one is under way or there is nothing to tell. */
    synchronized Optional<Instant> due() {
        return underWay || (changes.isEmpty() && dropped == 0) ? Optional.empty() : Optional.of(due);
    }

    /** Whether nothing of it happens until then. */
    synchronized boolean isIdle(Instant until) {
        return !underWay && due().filter(next -> !next.isAfter(until)).isEmpty();
    }

    /** From now on a message is under way. */
    synchronized void begin() {
        underWay = true;
    }

    /** The message has not begun after all; what it would have said stays. */
    synchronized void postpone(Instant until) {
        underWay = false;
        due = until;
    }

    /** What the message says. */
    synchronized Bulletin take() {
        var bulletin = new Bulletin(changes, dropped);
        changes = new ArrayList<>();
        bytes = 0;
        dropped = 0;
        return bulletin;
    }

    synchronized void sent(Instant now) {
        underWay = false;
        failures = 0;
        due = now.plus(PACE);
    }

    /** The message has not arrived, or that is not known: its changes count as dropped. */
    synchronized void failed(Bulletin bulletin, Instant now) {
        underWay = false;
        dropped += bulletin.changes().size() + bulletin.dropped();
        Duration pause = PACE.multipliedBy(1L << Math.min(failures, 20));
        due = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        failures++;
    }

    boolean isOpening(Instant now) {
        return now.isBefore(connection.connectedAt().plus(OPENING));
    }
}
