package dev.sluice.change;

import dev.sluice.value.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A change event ready to be sent.
 *
 * @param sequence the change's sequence number, as Lambda knows it
 */
record Outgoing(String partitionKey, SdkBytes data, String sequence) {

    /** Amazon Kinesis Data Streams API Reference, PutRecordsRequestEntry. */
    private static final int LONGEST_PARTITION_KEY = 256;

    static Outgoing of(Change change, ChangeSettings settings) {
        var event = ChangeEvent.of(change, settings.source());
        var outgoing = new Outgoing(partitionKey(event.subject()), encode(event), change.sequence());
        if (outgoing.bytes() <= settings.recordBytes()) {
            return outgoing;
        }
        return new Outgoing(outgoing.partitionKey(), encode(event.withoutData()), change.sequence());
    }

    private static SdkBytes encode(ChangeEvent event) {
        return SdkBytes.fromByteArrayUnsafe(CloudEvents.encode(event));
    }

    /** What counts against the limits of a record and of a request. */
    int bytes() {
        return data.asByteArrayUnsafe().length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String partitionKey(String subject) {
        return subject.length() <= LONGEST_PARTITION_KEY
                ? subject
                : HexFormat.of().formatHex(Sha256.of(subject));
    }
}
