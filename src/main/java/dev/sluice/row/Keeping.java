package dev.sluice.row;

import java.time.Instant;
import java.util.Optional;

/**
 * How an object's rows are kept.
 *
 * @param newest what tells which row of a key is the newest, and stays; if empty, the one that is written last stays
 * @param traced whether they can be found by their object
 */
public record Keeping(Optional<Newest> newest, boolean traced) {

    /** The row that is written last stays, and nobody looks for it by its object. */
    public static final Keeping LAST = new Keeping(Optional.empty(), false);

    /**
     * What tells the newest row of a key: the greatest value of a column, then the object's time, its bucket and key, and
     * the record's offset.
     *
     * @param column that column; empty if the object's time tells
     * @param modified when the object was last modified
     */
    public record Newest(String column, Instant modified) {}
}
