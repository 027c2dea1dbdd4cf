package dev.sluice.local;

import java.time.Duration;
import java.time.Instant;

/** Time in which waiting takes none: it passes only when somebody waits. */
final class PassingTime extends Patience {

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = BEGIN;

    PassingTime(TriggerSettings settings) {
        super(settings);
    }

    @Override
    synchronized Instant now() {
        return now;
    }

    @Override
    synchronized void await(Duration time) {
        now = now.plus(time);
    }
}
