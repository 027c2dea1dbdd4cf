package dev.sluice.change;

import dev.sluice.value.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A record for Kinesis: one change event, or consecutive ones of a partition key as a CloudEvents batch (CloudEvents,
 * "JSON Event Format", JSON Batch Format), that is a JSON array. It grows while changes are packed.
 */
final class Outgoing {

    /** Amazon Kinesis Data Streams API Reference, PutRecordsRequestEntry. */
    private static final int LONGEST_PARTITION_KEY = 256;

    private final String partitionKey;
    private final int keyBytes;
    private final Part first;

    /** Most records have none, and so no list. */
    private List<Part> more = List.of();

    private int arrayBytes;

    /** A record of one change. */
    Outgoing(String partitionKey, int keyBytes, Part first) {
        this.partitionKey = partitionKey;
        this.keyBytes = keyBytes;
        this.first = first;
        this.arrayBytes = first.bytes() + "[]".length();
    }

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

    /** Whether a record of several changes with this one behind them has at most so many bytes. */
    boolean takes(Part part, int most) {
        return keyBytes + arrayBytes + ",".length() + part.bytes() <= most;
    }

    void add(Part part) {
        if (more.isEmpty()) {
            more = new ArrayList<>();
        }
        more.add(part);
        arrayBytes += ",".length() + part.bytes();
    }

    String partitionKey() {
        return partitionKey;
    }

    int keyBytes() {
        return keyBytes;
    }

    List<Part> parts() {
        return Stream.concat(Stream.of(first), more.stream()).toList();
    }

    /** Tells the position of each change. */
    void positions(IntConsumer position) {
        position.accept(first.position());
        more.forEach(part -> position.accept(part.position()));
    }

    /** What counts against the limits of a record and of a request. */
    int bytes() {
        return keyBytes + (more.isEmpty() ? first.bytes() : arrayBytes);
    }

    SdkBytes data() {
        return more.isEmpty() ? first.event() : array();
    }

    private SdkBytes array() {
        var array = new ByteArrayOutputStream(arrayBytes);
        array.write('[');
        array.writeBytes(first.event().asByteArrayUnsafe());
        for (Part part : more) {
            array.write(',');
            array.writeBytes(part.event().asByteArrayUnsafe());
        }
        array.write(']');
        return SdkBytes.fromByteArrayUnsafe(array.toByteArray());
    }

    /** Two records, one behind the other, in place of this one of several changes. */
    List<Outgoing> halves() {
        List<Part> parts = parts();
        int half = parts.size() / 2;
        return List.of(of(parts.subList(0, half)), of(parts.subList(half, parts.size())));
    }

    private Outgoing of(List<Part> parts) {
        var record = new Outgoing(partitionKey, keyBytes, parts.getFirst());
        parts.stream().skip(1).forEach(record::add);
        return record;
    }

    /** The subject, unless it is longer than Kinesis takes. */
    static String partitionKey(String subject) {
        return subject.length() <= LONGEST_PARTITION_KEY
                ? subject
                : HexFormat.of().formatHex(Sha256.of(subject));
    }
}
