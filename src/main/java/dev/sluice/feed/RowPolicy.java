package dev.sluice.feed;

/**
 * Which rows stay, where several objects, or several versions of one, have rows of the same key, and where an object has
 * them no more.
 *
 * @param newest the newest row of a key stays; else the one of the object that was read last
 * @param newestBy the column that tells the newest row; empty if the object's time tells
 * @param snapshot an object's rows that its newest version does not hold are removed
 * @param removed an object's rows are removed when it is
 */
public record RowPolicy(boolean newest, String newestBy, boolean snapshot, boolean removed) {

    /** The rows of the object that was read last stay, and whatever was written stays. */
    public static final RowPolicy USUAL = new RowPolicy(false, "", false, false);
}
