package dev.sluice.feed;

/**
 * Which rows stay where several objects, or several versions of one, have rows of the same key.
 *
 * @param newest the newest row of a key stays; else the one of the object that was read last
 * @param newestBy the column that tells the newest row; empty if the object's time tells
 */
public record RowPolicy(boolean newest, String newestBy) {

    /** The rows of the object that was read last stay. */
    public static final RowPolicy USUAL = new RowPolicy(false, "");
}
