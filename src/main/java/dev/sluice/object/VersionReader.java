package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.object.PieceReader.Reached;
import dev.sluice.row.RowTable;
import dev.sluice.row.Swept;
import java.time.Clock;

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

    /** Ends an entry whose records have all been read; or, if there are too many rows to remove in this call, keeps it. */
    LedgerEntry end(Reached reached, Feed feed, Lease lease, Call call) {
        LedgerEntry entry = reached.entry();
        if (reached.state() != ObjectState.DONE) {
            return reached.end(clock.instant());
        }
        String reason = entry.counts().records() > 0 ? "" : entry.bytes() == 0 ? "empty" : "no-records";
        if (!feed.rules().rows().snapshot()) {
            return entry.end(ObjectState.DONE, reason, clock.instant());
        }
        ledger.put(entry, lease);
        Swept swept = sweep(entry, feed, entry.version(), lease, call);
        LedgerEntry kept = entry.remove(swept.removed());
        return swept.complete() ? kept.end(ObjectState.DONE, reason, clock.instant()) : kept;
    }

    /** The entry of an object that is gone, and its rows with it if the feed says so; else to be gone on with. */
    LedgerEntry remove(LedgerEntry known, Feed feed, Lease lease, Call call) {
        if (!feed.rules().rows().removed()) {
            return known.end(ObjectState.REMOVED, "", clock.instant());
        }
        // Should that version come back when only some of its rows are gone, it has to be read from its first byte.
        LedgerEntry begun = known.begin(feed.name(), known.version(), known.eTag(), known.bytes(), clock.instant())
                .remove(known.counts().removed());
        ledger.put(begun, lease);
        Swept swept = sweep(known, feed, NO_VERSION, lease, call);
        return swept.complete()
                ? known.remove(swept.removed()).end(ObjectState.REMOVED, "", clock.instant())
                : begun.remove(swept.removed());
    }

    private Swept sweep(LedgerEntry entry, Feed feed, String kept, Lease lease, Call call) {
        return rows.sweep(feed.name(), entry.bucket() + "/" + entry.key(), kept, call.stop(), lease::keep);
    }
}
