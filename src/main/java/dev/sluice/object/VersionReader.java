package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.object.PieceReader.Reached;
import dev.sluice.row.RowSweepException;
import dev.sluice.row.RowTable;
import dev.sluice.row.Swept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Reads one version of an object whole, and removes the rows that an object does not hold any more. */
final class VersionReader {

    private static final String NO_VERSION = "";

    private final PieceReader pieces;
    private final RowTable rows;
    private final Ledger ledger;
    private final Clock clock;

    VersionReader(PieceReader pieces, RowTable rows, Ledger ledger, Clock clock) {
        this.pieces = pieces;
        this.rows = rows;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The entry in a final state, or with a checkpoint from which the next call goes on; all before it is durable. */
    LedgerEntry read(LedgerEntry entry, PinnedObject object, Feeds.Match match, Lease lease, Call call) {
        if (entry.bytes() > match.feed().rules().maxObjectBytes()) {
            return entry.end(ObjectState.FAILED, "object-too-large", clock.instant());
        }
        var piece = Piece.whole(object, match, reached -> ledger.put(reached, lease));
        Reached reached = pieces.read(entry, piece, lease, call);
        return reached.isPaused() ? reached.entry() : end(reached, match.feed(), lease, call);
    }

    /** Ends an entry whose records have all been read; or, if not all rows are removed that have to be, keeps it. */
    LedgerEntry end(Reached reached, Feed feed, Lease lease, Call call) {
        LedgerEntry entry = reached.entry();
        if (reached.state() != ObjectState.DONE) {
            return reached.end(clock.instant());
        }
        String reason = entry.counts().records() > 0 ? "" : entry.bytes() == 0 ? "empty" : "no-records";
        if (!feed.rules().rows().snapshot()) {
            return entry.end(ObjectState.DONE, reason, clock.instant());
        }
        LedgerEntry read = entry.sweeping();
        if (!entry.isSweeping()) {
            ledger.put(read, lease);
        }
        Swept swept = sweep(read, feed, read.version(), lease, call);
        LedgerEntry kept = read.remove(swept.removed()).touch(clock.instant());
        return swept.complete() ? kept.end(ObjectState.DONE, reason, clock.instant()) : kept;
    }

    /** The entry of an object that is gone, and its rows with it if the feed says so; else to be gone on with. */
    LedgerEntry remove(LedgerEntry known, Feed feed, Lease lease, Call call) {
        if (!feed.rules().rows().removed()) {
            return known.end(ObjectState.REMOVED, "", clock.instant());
        }
        LedgerEntry begun = known;
        if (!known.isRemoving()) {
            begun = known.removing(clock.instant());
            ledger.put(begun, lease);
        }
        Swept swept = sweep(begun, feed, NO_VERSION, lease, call);
        LedgerEntry kept = begun.remove(swept.removed());
        return swept.complete() ? kept.end(ObjectState.REMOVED, "", clock.instant()) : kept;
    }

    /** What is swept too early is swept again: the sooner most rows are gone the better. */
    private Swept sweep(LedgerEntry entry, Feed feed, String kept, Lease lease, Call call) {
        boolean shown = timeToSweep(entry).isZero();
        String object = entry.bucket() + "/" + entry.key();
        try {
            Swept swept = rows.sweep(feed.name(), object, kept, call.stop(), lease::keep);
            return new Swept(swept.removed(), swept.complete() && shown);
        } catch (RowSweepException e) {
            keepCount(entry.remove(e.removed()), lease, e);
            throw e;
        }
    }

    private void keepCount(LedgerEntry entry, Lease lease, RowSweepException reason) {
        try {
            ledger.put(entry, lease);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** How long until a sweep finds all rows that have to be removed; zero if it does so now. */
    Duration timeToSweep(LedgerEntry entry) {
        // Since then nobody else has written rows of the object. A removal is not touched before it is over.
        Instant begun = entry.isRemoving() ? entry.updated() : entry.started();
        Duration left = Duration.between(clock.instant(), rows.shown(begun));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
