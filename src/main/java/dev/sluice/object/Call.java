package dev.sluice.object;

import dev.sluice.invocation.Invocation;
import java.time.Duration;
import java.time.Instant;

/**
 * The call that objects are read in, one after the other.
 *
 * @param begin when it began
 * @param stop when it has to leave what is not read yet to the next call; one moment, however many objects it reads
 */
record Call(Invocation invocation, Instant begin, Instant stop) {

    /** Whether what began then had most of the call's time for itself, and another call would give it no more. */
    boolean hadMostOf(Instant from) {
        return Duration.between(from, stop)
                        .multipliedBy(3)
                        .compareTo(Duration.between(begin, stop).multipliedBy(2))
                >= 0;
    }
}
