package dev.sluice.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waiting that ends at once when the triggers are closed. */
final class Patience {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final TriggerSettings settings;

    Patience(TriggerSettings settings) {
        this.settings = settings;
    }

    void close() {
        closed.countDown();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits while a stream has nothing new. */
    void whileIdle() {
        await(settings.idle());
    }

    void untilDiscovery() {
        await(settings.discovery());
    }

    /** Waits after a failure: from half to all of a time that doubles with each attempt, from 1 on. */
    void afterFailure(int attempt) {
        await(backoff(attempt));
    }

    Duration backoff(int attempt) {
        var least = settings.leastBackoff().toMillis();
        var most = settings.mostBackoff().toMillis();
        var full = Math.min(most, least << Math.min(attempt - 1, 20));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private void await(Duration time) {
        try {
            var _ = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
