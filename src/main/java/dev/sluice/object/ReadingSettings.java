package dev.sluice.object;

import dev.sluice.invocation.Invocation;
import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code sluice.reading}.
 *
 * @param lease how long a reader may be silent before another one takes its object over; renewed all the time
 * @param checkpoint how often a reader makes sure that what it has read so far need not be read again
 * @param margin how long before the end of its call a reader stops and leaves the rest to the next one
 * @param largestPiece most bytes of an object that a call may have to skip to come to its place; no record is longer, unless the
 *     feed allows it
 */
@ConfigurationProperties("sluice.reading")
record ReadingSettings(
        @DefaultValue("90s") Duration lease,
        @DefaultValue("5s") Duration checkpoint,
        @DefaultValue("20s") Duration margin,
        @DefaultValue("2GB") DataSize largestPiece) {

    ReadingSettings {
        Setting.range("sluice.reading.lease in milliseconds", lease.toMillis(), 1_000, 3_600_000);
        Setting.range("sluice.reading.checkpoint in milliseconds", checkpoint.toMillis(), 1, 600_000);
        Setting.range("sluice.reading.margin in milliseconds", margin.toMillis(), 100, 600_000);
        Setting.range("sluice.reading.largest-piece in bytes", largestPiece.toBytes(), 1, Long.MAX_VALUE);
    }

    /** A call is begun only under a lease that outlasts it, and a third of the lease may be gone by then. */
    void checkAgainst(Duration callTimeout) {
        if (lease.compareTo(callTimeout.multipliedBy(2)) < 0) {
            throw new SettingException(
                    "The setting sluice.reading.lease is %s: use twice sluice.aws.call-timeout, which is %s, or more."
                            .formatted(lease, callTimeout));
        }
    }

    /**
     * When a call has to leave the rest to the next one; at least two thirds of its time are for reading.
     *
     * @param begin when the call began
     */
    Instant stop(Instant begin, Invocation invocation) {
        Duration third = Duration.between(begin, invocation.deadline()).dividedBy(3);
        return invocation.deadline().minus(third.compareTo(margin) < 0 ? third : margin);
    }
}
