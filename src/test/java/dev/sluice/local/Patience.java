package dev.sluice.local;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The triggers' time: what time it is, and waiting that ends at once when they are closed. */
class Patience {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final TriggerSettings settings;

    Patience(TriggerSettings settings) {
        this.settings = settings;
    }

    final void close() {
        closed.countDown();
    }

    final boolean isClosed() {
        return closed.getCount() == 0;
    }

    Instant now() {
        return Instant.now();
    }

    void await(Duration time) {
        try {
            var _ = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits while a stream has nothing new. */
    final void whileIdle() {
        await(settings.idle());
    }

    final void untilDiscovery() {
        await(settings.discovery());
    }

    /** Does a step, again and again until it succeeds or the triggers are closed. */
    final void insist(String where, Consumer<String> notes, Runnable step) {
        for (var attempt = 1; !isClosed(); attempt++) {
            try {
                step.run();
                return;
            } catch (RuntimeException e) {
                notes.accept(where + " could not be reached: " + e.getMessage());
                afterFailure(attempt);
            }
        }
    }

    /** Waits after a failure: from half to all of a time that doubles with each attempt, from 1 on. */
    final void afterFailure(int attempt) {
        await(backoff(attempt));
    }

    /** How long what a queue brought waits after so many tries that failed. */
    final Duration retryPause(int tries) {
        return settings.retryPause().multipliedBy(1L << Math.min(tries - 1, 20));
    }

    private Duration backoff(int attempt) {
        var least = settings.leastBackoff().toMillis();
        var most = settings.mostBackoff().toMillis();
        var full = Math.min(most, least << Math.min(attempt - 1, 20));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
