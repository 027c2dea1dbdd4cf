package dev.sluice.local;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** One record as a shard keeps it; its sequence number is its identity, so nobody compares the bytes. */
@SuppressWarnings("ArrayRecordComponent")
record KinesisRecord(long sequence, Instant arrival, String partitionKey, byte[] data) {

    int size() {
        return size(partitionKey, data);
    }

    static int size(String partitionKey, byte[] data) {
        return partitionKey.getBytes(StandardCharsets.UTF_8).length + data.length;
    }

    /** Sequence numbers have 56 digits, so that their order as text is their order. */
    static String sequenceText(long sequence) {
        return String.format(Locale.ROOT, "4966%052d", sequence);
    }

    static long sequenceOf(String text) {
        try {
            if (text.length() == 56 && text.startsWith("4966")) {
                return Long.parseLong(text.substring(4));
            }
        } catch (NumberFormatException _) {
            // Said below, as for every other text that is none.
        }
        throw KinesisError.invalid("StartingSequenceNumber " + text + " is not one of this stream");
    }
}
