package dev.sluice.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who sends a connection its next message, where several processes could. */
@FunctionalInterface
interface Turns {

    /** So long after it was asked for, a turn is too old to be used: others count from when it was asked for. */
    Duration USABLE = Duration.ofMillis(50);

    /** Between two turns of a connection, so that between two messages there is the pace. */
    Duration APART = Outbox.PACE.plus(USABLE);

    /** Where one process sends alone, its own outboxes keep the pace. */
    Turns ALONE = (_, _) -> Optional.empty();

    /**
     * Takes the turn, if nobody has taken one since so long ago.
     *
     * @return when to ask again if it was not taken; nothing if the message may begin now
     */
    Optional<Instant> take(String connection, Instant now);
}
