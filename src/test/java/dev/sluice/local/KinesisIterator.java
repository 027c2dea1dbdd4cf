package dev.sluice.local;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A place in a shard, as the opaque text that clients carry. */
record KinesisIterator(String stream, String shard, long position, Instant issued) {

    String text() {
        var plain = String.join("/", stream, shard, Long.toString(position), Long.toString(issued.toEpochMilli()));
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static KinesisIterator of(String text, Duration age, Clock clock) {
        try {
            var parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split("/", 4);
            var iterator = new KinesisIterator(
                    parts[0], parts[1], Long.parseLong(parts[2]), Instant.ofEpochMilli(Long.parseLong(parts[3])));
            if (iterator.issued.plus(age).isBefore(clock.instant())) {
                throw new KinesisError("ExpiredIteratorException", "Iterator expired: issued at " + iterator.issued);
            }
            return iterator;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            throw KinesisError.invalid("Invalid ShardIterator.");
        }
    }
}
