package dev.sluice.local;

import java.util.function.LongSupplier;

/** How much a shard takes: a bucket that holds one second's worth and fills evenly. */
final class KinesisRate {

    private final double perSecond;
    private final LongSupplier nanoTime;
    private double left;
    private long filled;

    KinesisRate(double perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.left = perSecond;
        this.filled = nanoTime.getAsLong();
    }

    boolean has(double amount) {
        var now = nanoTime.getAsLong();
        left = Math.min(perSecond, left + (now - filled) * perSecond / 1e9);
        filled = now;
        // A record may be larger than a second's worth: a full bucket takes it and stays in debt for a while.
        return left >= Math.min(amount, perSecond);
    }

    void take(double amount) {
        left -= amount;
    }
}
