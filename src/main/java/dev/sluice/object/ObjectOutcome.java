package dev.sluice.object;

/**
 * What became of one notice.
 *
 * @param id the object's name in the ledger
 * @param reason why it is so where the state alone does not say; else empty
 */
public record ObjectOutcome(
        String id,
        String bucket,
        String key,
        ObjectState state,
        String reason,
        long records,
        long rows,
        long rejects,
        long dropped) {

    static ObjectOutcome of(LedgerEntry entry) {
        return new ObjectOutcome(
                entry.id(),
                entry.bucket(),
                entry.key(),
                entry.state(),
                entry.reason(),
                entry.counts().records(),
                entry.counts().rows(),
                entry.counts().rejects(),
                entry.counts().dropped());
    }

    /** The same with another state. */
    ObjectOutcome as(ObjectState other) {
        return new ObjectOutcome(id, bucket, key, other, reason, records, rows, rejects, dropped);
    }
}
