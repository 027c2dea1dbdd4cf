package dev.sluice.live;

import java.time.Instant;
import java.util.Optional;

/** Who sends a connection its next message, where several processes could. */
@FunctionalInterface
interface Turns {

    /** Where one process sends alone, its own outboxes keep the pace. */
    Turns ALONE = (_, _) -> Optional.empty();

    /**
     * Takes the turn, if nobody has taken one within the pace.
     *
     * @return when to ask again if it was not taken; nothing if the message may begin now
     */
    Optional<Instant> take(String connection, Instant now);
}
