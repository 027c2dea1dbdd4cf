package dev.sluice.format;

/**
 * Where a record begins.
 *
 * @param offset bytes from the start of the decompressed object
 * @param line the first is 1
 */
public record Place(long offset, long line) {}
