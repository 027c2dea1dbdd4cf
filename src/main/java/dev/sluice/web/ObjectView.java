package dev.sluice.web;

import dev.sluice.object.LedgerEntry;
import dev.sluice.object.ObjectState;
import dev.sluice.object.Split;
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
        Optional<Parts> parts,
        Optional<LedgerEntry.FirstError> firstError,
        Instant started,
        Optional<Instant> finished,
        Instant updated) {

    /** How many parts a large object is read in, and how many of them have been read. */
    record Parts(int count, int done) {

        private static Parts of(Split split, LedgerEntry entry) {
            int count = split.parts(entry.bytes());
            return new Parts(count, split.starts().isEmpty() ? split.done() : count);
        }
    }

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
                entry.split().map(split -> Parts.of(split, entry)),
                entry.firstError(),
                entry.started(),
                entry.finished(),
                entry.updated());
    }
}
