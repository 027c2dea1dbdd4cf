package dev.sluice.object;

import java.util.List;
import java.util.Optional;

/**
 * Ledger entries, the latest first.
 *
 * @param last where to go on; empty if there are no more
 */
public record LedgerPage(List<LedgerEntry> entries, Optional<String> last) {}
