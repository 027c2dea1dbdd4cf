package dev.sluice.change;

import dev.sluice.invocation.Invocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** What others do: all that waits goes into full requests in its order, and what fails is sent again until all is sent. */
final class NaiveResend {

    static final int MOST = 500;

    private NaiveResend() {}

    static BatchReply send(KinesisClient kinesis, List<Change> batch, Invocation invocation) {
        var entries = batch.stream()
                .map(change -> entry(ChangeEvent.of(change, "/sluice", "")))
                .toList();
        List<Integer> left = IntStream.range(0, batch.size()).boxed().toList();
        while (!left.isEmpty() && Instant.now().isBefore(invocation.lastTry())) {
            left = put(kinesis, entries, left);
        }
        return BatchReply.from(
                left.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                batch.get(left.stream().mapToInt(i -> i).min().orElseThrow())
                                        .sequence()));
    }

    static PutRecordsRequestEntry entry(ChangeEvent event) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(Outgoing.partitionKey(event.subject()))
                .data(SdkBytes.fromByteArrayUnsafe(new EventWriter().whole(event)))
                .build();
    }

    /** Sends the entries at these places; what is left of them. */
    static List<Integer> put(KinesisClient kinesis, List<PutRecordsRequestEntry> entries, List<Integer> places) {
        var left = new ArrayList<Integer>();
        for (int from = 0; from < places.size(); from += MOST) {
            List<Integer> some = places.subList(from, Math.min(places.size(), from + MOST));
            try {
                var results = kinesis.putRecords(put -> put.streamName(FeedProcess.STREAM)
                                .records(some.stream().map(entries::get).toList()))
                        .records();
                IntStream.range(0, some.size())
                        .filter(i -> results.get(i).errorCode() != null)
                        .forEach(i -> left.add(some.get(i)));
            } catch (SdkException _) {
                left.addAll(some);
            }
        }
        return left;
    }
}
