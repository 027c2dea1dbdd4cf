package dev.sluice.row;

import software.amazon.awssdk.core.exception.SdkException;

/** Not all rows of an object could be removed: it has to be tried again. What was asked for last may still take effect. */
public final class RowSweepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long removed;

    RowSweepException(long removed, SdkException cause) {
        super("The rows table did not have all rows of an object removed.", cause);
        this.removed = removed;
    }

    /** How many rows are gone all the same; no later try finds those. */
    public long removed() {
        return removed;
    }
}
