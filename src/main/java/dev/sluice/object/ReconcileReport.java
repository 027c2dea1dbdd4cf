package dev.sluice.object;

import java.util.Optional;

/**
 * What reconciling has found.
 *
 * @param looked how many objects and ledger entries were compared
 * @param unread objects that were never read
 * @param changed objects of which another version was read
 * @param stuck objects that were to be read, and nobody does
 * @param vanished ledger entries whose objects are not there any more
 * @param enqueued how many of those were put into the work queue
 * @param cursor where to go on; absent if everything was seen
 */
public record ReconcileReport(
        long looked, long unread, long changed, long stuck, long vanished, long enqueued, Optional<String> cursor) {}
