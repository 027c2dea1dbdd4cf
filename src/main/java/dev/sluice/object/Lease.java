package dev.sluice.object;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one reader to an object's key. It is kept by whoever reads on or is about to write, on any thread: a
 * reader that does nothing for long loses it.
 *
 * <p>A call that was begun under it can take effect until the SDK's call timeout is over. So nothing is begun unless the
 * lease lasts longer than that, and nobody takes it over before it has been over for as long. That assumes clocks which
 * differ by less than the call timeout.
 */
final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Ledger ledger;
    private final String id;
    private final Duration length;
    private final Duration callTimeout;
    private final Clock clock;
    private final String holder = UUID.randomUUID().toString();
    private Instant until;
    private Optional<LedgerEntry> kept = Optional.empty();

    Lease(Ledger ledger, String id, Duration length, Duration callTimeout, Clock clock) {
        this.ledger = ledger;
        this.id = id;
        this.length = length;
        this.callTimeout = callTimeout;
        this.clock = clock;
        this.until = clock.instant().plus(length);
    }

    String id() {
        return id;
    }

    String holder() {
        return holder;
    }

    synchronized Instant until() {
        return until;
    }

    /** A lease that ended before this moment may be taken over. */
    Instant takenOverBefore() {
        return clock.instant().minus(callTimeout);
    }

    /** When somebody else may take over a lease that ends then. */
    Instant takeoverAfter(Instant end) {
        return end.plus(callTimeout);
    }

    /**
     * Makes sure that a call may begin now, or that reading may go on; renews the lease when a third of it is gone. One
     * that is over is not renewed, although nobody may have taken it: others have seen that it is over, and gone on.
     *
     * @throws LostException if it is over, or another reader has taken it over
     */
    synchronized void keep() {
        Instant now = clock.instant();
        if (now.isAfter(until)) {
            throw new LostException("is over");
        }
        if (Duration.between(now, until).compareTo(length.multipliedBy(2).dividedBy(3)) < 0) {
            renew(now);
        }
        if (clock.instant().plus(callTimeout).isAfter(until)) {
            throw new LostException("lasts too short for another call");
        }
    }

    private void renew(Instant now) {
        Instant renewed = now.plus(length);
        if (!ledger.renew(id, holder, renewed)) {
            throw new LostException("was taken over by another reader");
        }
        until = renewed;
    }

    /** The entry has been kept under this lease, or was there when the lease was taken. */
    void kept(LedgerEntry entry) {
        kept = Optional.of(entry);
    }

    /** The entry as it stands. */
    LedgerEntry kept() {
        return kept.orElseThrow();
    }

    /** Does work under the lease, keeps the entry that it comes to unless that is kept already, and gives the lease back. */
    LedgerEntry during(Supplier<LedgerEntry> work) {
        try {
            LedgerEntry entry = work.get();
            if (entry.equals(kept())) {
                ledger.release(this);
            } else {
                ledger.putAndRelease(entry, this);
            }
            return entry;
        } catch (DroppedException e) {
            ledger.release(this);
            throw e;
        } catch (RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    /** What was begun may still take effect, so the lease is not given back but made to end now. */
    private void giveUp(RuntimeException reason) {
        try {
            ledger.renew(id, holder, clock.instant());
        } catch (RuntimeException e) {
            LOG.debug("A lease could not be ended; it will run out.");
            reason.addSuppressed(e);
        }
    }

    /** The work is not to be done, and nothing that it has begun is still on its way. */
    abstract static class DroppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DroppedException(String message) {
            super(message);
        }
    }

    /** The lease is not this reader's any more; what it has read so far is the other reader's to judge. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostException(String how) {
            super("The lease of the object %s; its notice has to be sent again.".formatted(how));
        }
    }
}
