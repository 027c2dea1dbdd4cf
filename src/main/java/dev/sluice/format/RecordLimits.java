package dev.sluice.format;

/**
 * How long a record may be.
 *
 * @param heldBytes a longer one is rejected without being held
 * @param passedBytes an object with a longer one, or with as much between two, cannot be read: nothing tells when it would
 *     come to the next
 */
public record RecordLimits(int heldBytes, long passedBytes) {}
