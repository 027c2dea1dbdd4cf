package dev.sluice.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps known who is connected: the table is asked at most once a second, and only while there is something to tell. */
final class Audience {

    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** For a table that does not answer nobody waits longer, if it has answered before. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private final Function<Instant, List<Connection>> table;
    private final Consumer<List<Connection>> known;
    private final Clock clock;
    private Instant asked = Instant.MIN;
    private Instant answered = Instant.MIN;
    private boolean asking;
    private boolean failed;

    /** @param known gets those who are connected, whenever the table has told */
    Audience(Function<Instant, List<Connection>> table, Consumer<List<Connection>> known, Clock clock) {
        this.table = table;
        this.known = known;
        this.clock = clock;
    }

    /** Whether what is known is no older than a second. */
    synchronized boolean isFresh() {
        return clock.instant().isBefore(answered.plus(FRESH));
    }

    /**
     * Whether it is known who wants to see what has come; asks if not.
     *
     * @param then is called once the table has answered or failed
     */
    synchronized boolean isKnown(Runnable then) {
        Instant now = clock.instant();
        if (!asking && !now.isBefore(asked.plus(FRESH))) {
            asking = true;
            asked = now;
            Thread.ofVirtual().start(() -> ask(now, then));
        }
        return answered.isAfter(Instant.MIN) && (!asking || now.isAfter(asked.plus(PATIENCE)));
    }

    private void ask(Instant now, Runnable then) {
        try {
            known.accept(table.apply(now));
            answered(now);
        } catch (RuntimeException e) {
            failed(e);
        }
        then.run();
    }

    private synchronized void answered(Instant now) {
        answered = now;
        asking = false;
        failed = false;
    }

    private synchronized void failed(RuntimeException e) {
        asking = false;
        if (!failed) {
            LOG.warn(
                    "Who is connected could not be read from the connections table: {}",
                    e.getClass().getSimpleName());
        }
        failed = true;
    }
}
