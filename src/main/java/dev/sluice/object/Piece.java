package dev.sluice.object;

import dev.sluice.feed.Feeds;
import dev.sluice.feed.RejectPolicy;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is read at a stretch: an object, or a part of one.
 *
 * @param object ends where the piece ends
 * @param from the piece's first byte in the decompressed object
 * @param to the byte behind its last one
 * @param policy how many rejects of it are too many
 * @param keep keeps how far it has been read; throws if it is not to be read on
 */
record Piece(
        PinnedObject object, Feeds.Match match, long from, long to, RejectPolicy policy, Consumer<LedgerEntry> keep) {

    static Piece whole(PinnedObject object, Feeds.Match match, Consumer<LedgerEntry> keep) {
        return new Piece(object, match, 0, Long.MAX_VALUE, match.feed().rules().rejects(), keep);
    }

    /** A part of an object that is not compressed. */
    static Piece part(PinnedObject object, Feeds.Match match, long from, long to, Consumer<LedgerEntry> keep) {
        return new Piece(
                object.until(to),
                match,
                from,
                to,
                match.feed().rules().rejects().ofPart(),
                keep);
    }

    /** The byte from which its lines are counted; none if from the object's first. */
    Optional<Long> linesFrom() {
        return from == 0 ? Optional.empty() : Optional.of(from);
    }
}
