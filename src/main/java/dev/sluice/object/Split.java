package dev.sluice.object;

import java.util.List;
import java.util.Optional;

/**
 * How a large object is read in parts. A part owns the records that begin in it.
 *
 * @param partBytes the size of each part but the last one
 * @param starts where the parts' lines are counted from, in order: all of an object's once they are known, a part's own
 */
public record Split(long partBytes, List<Start> starts) {

    /** More would make the ledger's entry large; a larger object has larger parts. */
    private static final int MOST_PARTS = 500;

    /**
     * Where the lines of a part are counted from.
     *
     * @param offset the part's first byte
     * @param linesBefore how many lines of the object lie before it
     */
    public record Start(long offset, long linesBefore) {}

    public Split {
        starts = List.copyOf(starts);
    }

    /** Nothing of an object of that size has been read yet. */
    static Split of(long splitBytes, long objectBytes) {
        return new Split(Math.max(splitBytes, ceiling(objectBytes, MOST_PARTS)), List.of());
    }

    /** How many parts an object of that size has. */
    public int parts(long objectBytes) {
        return Math.toIntExact(ceiling(objectBytes, partBytes));
    }

    private static long ceiling(long dividend, long divisor) {
        return (dividend - 1) / divisor + 1;
    }

    Split with(List<Start> known) {
        return new Split(partBytes, known);
    }

    /** Whether all parts have been read and added up. */
    boolean isAddedUp() {
        return !starts.isEmpty();
    }

    /** A line of the object; empty if that is not known. */
    Optional<Long> line(long linesFrom, long line) {
        return starts.stream()
                .filter(start -> start.offset() == linesFrom)
                .map(start -> start.linesBefore() + line)
                .findFirst();
    }
}
