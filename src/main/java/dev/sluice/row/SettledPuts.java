package dev.sluice.row;

import dev.sluice.lane.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Answers once nothing of a request can take effect any more. The SDK tries again when an attempt is not answered in time, and
 * the answer to one tells nothing of those before it: such a one could put an older row over the next of its key.
 *
 * @param attempt how long an attempt takes at most; whoever was answered sooner was answered the first one
 * @param call within which an attempt takes effect, if at all
 */
record SettledPuts(RowPuts puts, Duration attempt, Duration call, Backoff backoff) implements RowPuts {

    @Override
    public int most() {
        return puts.most();
    }

    /** @throws RowWriteException if the invocation has no time left to wait for that */
    @Override
    public Set<RowKey> send(List<RowItem> rows) {
        Instant begun = Instant.now();
        Set<RowKey> unwritten = puts.send(rows);
        boolean first = Instant.now().isBefore(begun.plus(attempt));
        if (!first && !backoff.sleepUntil(begun.plus(call))) {
            throw new RowWriteException("An attempt to write rows may still take effect, and the call's time is over.");
        }
        return unwritten;
    }
}
