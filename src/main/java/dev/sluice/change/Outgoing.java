package dev.sluice.change;

import dev.sluice.value.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A record for Kinesis: one change event, or consecutive ones of a partition key as a CloudEvents batch (CloudEvents,
 * "JSON Event Format", JSON Batch Format), that is a JSON array.
 *
 * @param keyBytes the partition key's UTF-8 bytes
 */
record Outgoing(String partitionKey, int keyBytes, List<Part> parts, SdkBytes data) {

    /** Amazon Kinesis Data Streams API Reference, PutRecordsRequestEntry. */
    private static final int LONGEST_PARTITION_KEY = 256;

    /**
     * One change as an event.
     *
     * @param position where the change stands in its batch
     */
    record Part(int position, Change change, SdkBytes event) {

        int bytes() {
            return event.asByteArrayUnsafe().length;
        }
    }

    static Outgoing of(String partitionKey, int keyBytes, List<Part> parts) {
        return new Outgoing(
                partitionKey,
                keyBytes,
                parts,
                parts.size() == 1 ? parts.getFirst().event() : array(parts));
    }

    private static SdkBytes array(List<Part> parts) {
        var bytes = new ByteArrayOutputStream(batchBytes(parts));
        for (Part part : parts) {
            bytes.write(bytes.size() == 0 ? '[' : ',');
            bytes.writeBytes(part.event().asByteArrayUnsafe());
        }
        bytes.write(']');
        return SdkBytes.fromByteArrayUnsafe(bytes.toByteArray());
    }

    /** An array has a bracket or comma in front of each item, and a bracket at its end. */
    private static int batchBytes(List<Part> parts) {
        return parts.stream().mapToInt(part -> part.bytes() + 1).sum() + 1;
    }

    /** What counts against the limits of a record and of a request. */
    int bytes() {
        return data.asByteArrayUnsafe().length + keyBytes;
    }

    /** Two records, one behind the other, in place of this one of several changes. */
    List<Outgoing> halves() {
        int half = parts.size() / 2;
        return List.of(
                of(partitionKey, keyBytes, parts.subList(0, half)),
                of(partitionKey, keyBytes, parts.subList(half, parts.size())));
    }

    /** The subject, unless it is longer than Kinesis takes. */
    static String partitionKey(String subject) {
        return subject.length() <= LONGEST_PARTITION_KEY
                ? subject
                : HexFormat.of().formatHex(Sha256.of(subject));
    }
}
