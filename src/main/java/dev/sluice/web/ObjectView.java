package dev.sluice.web;

import dev.sluice.object.LedgerEntry;
import dev.sluice.object.ObjectState;
import java.time.Instant;
import java.util.Optional;

/** A ledger entry as the API shows it. */
record ObjectView(
        String id,
        String bucket,
        String key,
        String version,
        String feed,
        ObjectState state,
        String reason,
        String message,
        long records,
        long rows,
        long rejects,
        long dropped,
        long removed,
        long bytes,
        int attempts,
        Optional<LedgerEntry.FirstError> firstError,
        Instant started,
        Optional<Instant> finished,
        Instant updated) {

    static ObjectView of(LedgerEntry entry) {
        return new ObjectView(
                entry.id(),
                entry.bucket(),
                entry.key(),
                entry.version(),
                entry.feed(),
                entry.state(),
                entry.reason(),
                entry.message(),
                entry.counts().records(),
                entry.counts().rows(),
                entry.counts().rejects(),
                entry.counts().dropped(),
                entry.counts().removed(),
                entry.bytes(),
                entry.attempts(),
                entry.firstError(),
                entry.started(),
                entry.finished(),
                entry.updated());
    }
}
