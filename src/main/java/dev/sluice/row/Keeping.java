package dev.sluice.row;

import java.time.Instant;
import java.util.Optional;

/**
 * How an object's rows are kept where a row of the same key is there already.
 *
 * @param newest what tells which row of a key is the newest, and stays; if empty, the one that is written last stays
 */
public record Keeping(Optional<Newest> newest) {

    /** The row that is written last stays. */
    public static final Keeping LAST = new Keeping(Optional.empty());

    /**
     * What tells the newest row of a key: the greatest value of a column, then the object's time, its bucket and key, and
     * the record's offset.
     *
     * @param column that column; empty if the object's time tells
     * @param modified when the object was last modified
     */
    public record Newest(String column, Instant modified) {}
}
