package dev.sluice.row;

/**
 * What became of an object's rows that were to be removed.
 *
 * @param removed how many were
 * @param complete whether there are no more; else the time was over
 */
public record Swept(long removed, boolean complete) {}
