package dev.sluice.feed;

import java.math.BigDecimal;

/**
 * How many rejects are too many. Rejects are kept in any case; with too many of them the object fails.
 *
 * @param count more rejects than this are too many
 * @param share a greater share of the records than this is too much, from 0 to 1
 */
public record RejectPolicy(long count, BigDecimal share) {

    /** However many there are, what is good is taken. */
    public static final RejectPolicy QUARANTINE = new RejectPolicy(Long.MAX_VALUE, BigDecimal.ONE);

    /** One is too many. */
    public static final RejectPolicy FAIL = new RejectPolicy(0, BigDecimal.ONE);

    /** Of fewer records a share says nothing until the object has been read to its end. */
    private static final long ENOUGH = 1_000;

    /** What can be said of a part of an object: not of what share its rejects will be in the end. */
    public RejectPolicy ofPart() {
        return new RejectPolicy(count, BigDecimal.ONE);
    }

    /** Whether the object has too many rejects, as far as it was read. */
    public boolean tooMany(long rejects, long records, boolean atEnd) {
        boolean tellsShare = atEnd || records >= ENOUGH;
        return rejects > count
                || (tellsShare
                        && BigDecimal.valueOf(rejects).compareTo(share.multiply(BigDecimal.valueOf(records))) > 0);
    }
}
