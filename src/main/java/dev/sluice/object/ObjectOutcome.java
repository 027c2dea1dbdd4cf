package dev.sluice.object;

import java.util.Optional;

/**
 * What became of one notice.
 *
 * @param id the object's name in the ledger
 * @param part which part of it, if the notice named one
 * @param reason why it is so where the state alone does not say; else empty
 */
public record ObjectOutcome(
        String id,
        String bucket,
        String key,
        Optional<Integer> part,
        ObjectState state,
        String reason,
        long records,
        long rows,
        long rejects,
        long dropped) {

    static ObjectOutcome of(LedgerEntry entry) {
        return of(entry, Optional.empty());
    }

    static ObjectOutcome of(LedgerEntry entry, Optional<Integer> part) {
        return new ObjectOutcome(
                ObjectId.of(entry.bucket(), entry.key()),
                entry.bucket(),
                entry.key(),
                part,
                entry.state(),
                entry.reason(),
                entry.counts().records(),
                entry.counts().rows(),
                entry.counts().rejects(),
                entry.counts().dropped());
    }

    /** The same with another state. */
    ObjectOutcome as(ObjectState other) {
        return new ObjectOutcome(id, bucket, key, part, other, reason, records, rows, rejects, dropped);
    }
}
