package dev.sluice.object;

import java.time.Instant;
import java.util.Optional;

/**
 * Which ledger entries are meant. Times are those at which an entry was last written, to the microsecond.
 *
 * @param feed only of this feed
 * @param state only in this state
 * @param from only from this time on
 * @param to only before this time
 */
public record LedgerSelection(
        Optional<String> feed, Optional<ObjectState> state, Optional<Instant> from, Optional<Instant> to) {}
