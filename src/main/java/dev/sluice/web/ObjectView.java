package dev.sluice.web;

import dev.sluice.object.LedgerEntry;
import dev.sluice.object.ObjectState;
import dev.sluice.object.PartLedger;
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

    /**
     * How a large object is or was read in parts.
     *
     * @param done how many of them have been read, while others have not; a list does not look
     */
    record Parts(int count, Optional<Integer> done) {}

    static ObjectView of(LedgerEntry entry) {
        return of(entry, entry.counts(), Optional.empty());
    }

    /** With what the parts that are being read have come to so far. */
    static ObjectView of(LedgerEntry entry, PartLedger.Progress progress) {
        return of(entry, progress.counts(), Optional.of(progress.done()));
    }

    private static ObjectView of(LedgerEntry entry, LedgerEntry.Counts counts, Optional<Integer> partsDone) {
        return new ObjectView(
                entry.id(),
                entry.bucket(),
                entry.key(),
                entry.version(),
                entry.feed(),
                entry.state(),
                entry.reason(),
                entry.message(),
                counts.records(),
                counts.rows(),
                counts.rejects(),
                counts.dropped(),
                counts.removed(),
                entry.bytes(),
                entry.attempts(),
                entry.split().map(split -> new Parts(split.parts(entry.bytes()), partsDone)),
                entry.firstError(),
                entry.started(),
                entry.finished(),
                entry.updated());
    }
}
