package dev.sluice.object;

import java.util.List;
import java.util.Optional;

/**
 * A page of what is compared.
 *
 * @param looked in the order of the pages
 * @param next where the next page begins; empty behind the last
 */
record ReconcileStep(List<Looked> looked, Optional<ReconcilePosition> next) {

    /** Why an object has to be looked at by a reader. */
    enum Finding {
        UNREAD,
        CHANGED,
        STUCK,
        VANISHED
    }

    /**
     * One object that was looked at.
     *
     * @param finding empty if all is well with it
     * @param at where to go on behind it
     */
    record Looked(ObjectNotice notice, Optional<Finding> finding, ReconcilePosition at) {}

    /** Which objects are compared. */
    record Scope(String bucket, String prefix) {

        boolean holds(LedgerEntry entry) {
            return entry.bucket().equals(bucket) && entry.key().startsWith(prefix);
        }
    }
}
