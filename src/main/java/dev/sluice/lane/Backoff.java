package dev.sluice.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Pauses between tries: exponential with jitter, as AWS advises for throttled requests (Amazon Builders' Library,
 * "Timeouts, retries, and backoff with jitter"), and never past a deadline.
 */
public record Backoff(Duration first, Duration longest, Instant deadline) {

    /**
     * Pauses before another try.
     *
     * @param failures how many tries in a row have failed, at least 1
     * @return false if the deadline leaves no time for the pause, or the thread is interrupted
     */
    public boolean pause(int failures) {
        return sleepUntil(next(failures));
    }

    /** When the next try is due after so many failures in a row, at least 1. */
    public Instant next(int failures) {
        long ceiling = Math.min(longest.toNanos(), first.toNanos() << Math.min(failures - 1, 20));
        return Instant.now().plusNanos(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
    }

    /**
     * Sleeps until a try is due.
     *
     * @return false if that is past the deadline, or the thread is interrupted
     */
    public boolean sleepUntil(Instant due) {
        if (due.isAfter(deadline)) {
            return false;
        }
        for (Instant now = Instant.now(); now.isBefore(due); now = Instant.now()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(Duration.between(now, due).toNanos());
        }
        return true;
    }
}
