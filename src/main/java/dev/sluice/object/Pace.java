package dev.sluice.object;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** So many a second and no more; what would have to wait longer than the call lasts has to be left. */
final class Pace {

    private final int perSecond;
    private final Instant stop;
    private final Clock clock;
    private Instant next = Instant.MIN;

    Pace(int perSecond, Instant stop, Clock clock) {
        this.perSecond = perSecond;
        this.stop = stop;
        this.clock = clock;
    }

    /** Waits until so many may go. False if that is not before the call has to end. */
    boolean waitFor(int many) {
        Instant now = clock.instant();
        Instant at = next.isAfter(now) ? next : now;
        if (!at.isBefore(stop)) {
            return false;
        }
        try {
            Thread.sleep(Duration.between(now, at));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        next = at.plus(Duration.ofSeconds(many).dividedBy(perSecond));
        return true;
    }
}
