package dev.sluice.format;

/**
 * How long a record may be.
 *
 * @param heldBytes a longer one is rejected without being held
 * @param passedBytes an object with a longer one, or with as much between two, cannot be read: nothing tells when it would
 *     come to the next. At least what is held
 */
public record RecordLimits(int heldBytes, long passedBytes) {

    public RecordLimits {
        passedBytes = Math.max(heldBytes, passedBytes);
    }
}
