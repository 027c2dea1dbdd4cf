package dev.sluice.change;

import com.sun.management.ThreadMXBean;
import dev.sluice.aws.AwsClients;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Samples;
import dev.sluice.bench.StreamEvents;
import dev.sluice.invocation.Invocation;
import dev.sluice.store.StoreBucket;
import dev.sluice.trigger.Decoded;
import java.lang.management.ManagementFactory;
import java.security.Security;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** A stream's batch of 1,000 records all the way into a Kinesis that does nothing, against its decoding and the SDK. */
final class ForwardBench {

    private static final int RECORDS = 1_000;
    private static final int REQUEST = 500;
    private static final int TIMES = 30;

    private static final byte[] EVENT = StreamEvents.modified(RECORDS, RECORDS);

    private final AwsClients aws;
    private final ForwardChanges forward;
    private final Packing packing;
    private final List<PutRecordsRequestEntry> entries;

    private ForwardBench(FeedProcess process) {
        aws = process.bean(AwsClients.class);
        forward = process.bean(ForwardChanges.class);
        packing = new Packing(process.bean(ChangeSettings.class), new Claims(process.bean(StoreBucket.class)));
        entries = Decoded.changes(EVENT).changes().stream()
                .map(change -> NaiveResend.entry(ChangeEvent.of(change, "/sluice", "")))
                .toList();
    }

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var process = FeedProcess.toEndpointsOfTheEnvironment()) {
            new ForwardBench(process).measure(figures);
        }
        figures.write();
    }

    private void measure(Figures figures) throws Exception {
        // The provider that takes SHA-256, on which the SDK's signatures spend their time.
        String provider = Security.getProviders("MessageDigest.SHA-256")[0].getName();
        var race = Race.byProcessCpu()
                .add("whole forward", this::forward)
                .add("decode", this::decode)
                .add("PutRecords", this::put)
                .run();
        for (String name : List.of("whole forward", "decode", "PutRecords")) {
            figures.say(
                    "%s (SHA-256 of %s)".formatted(name, provider),
                    "us CPU/record",
                    race.seconds(name).map(s -> s / TIMES / RECORDS * 1e6));
        }
        var least = race.seconds("decode").with(race.seconds("PutRecords"), Double::sum);
        figures.atMost(
                1.5,
                "whole forward / (decode + PutRecords) (SHA-256 of %s)".formatted(provider),
                "x",
                race.seconds("whole forward").over(least));
        figures.atMost(
                3,
                "allocation of decode, packing and encoding / the event's size",
                "x",
                new Samples(List.of(allocation(this::pack))));
        figures.say("allocation of PutRecords / the event's size", "x", new Samples(List.of(allocation(this::put))));
    }

    private long forward() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            if (!Decoded.through(forward, EVENT).equals("{\"batchItemFailures\":[]}")) {
                throw new IllegalStateException("Not all changes were taken.");
            }
        }
        return RECORDS;
    }

    private long decode() {
        long count = 0;
        for (int i = 0; i < TIMES; i++) {
            count += Decoded.changes(EVENT).changes().size();
        }
        return count / TIMES;
    }

    private long put() {
        for (int i = 0; i < TIMES; i++) {
            for (int from = 0; from < RECORDS; from += REQUEST) {
                List<PutRecordsRequestEntry> some = entries.subList(from, from + REQUEST);
                aws.kinesis()
                        .putRecords(put -> put.streamName(FeedProcess.STREAM).records(some));
            }
        }
        return RECORDS;
    }

    private long pack() {
        long count = 0;
        int[] all = IntStream.range(0, RECORDS).toArray();
        for (int i = 0; i < TIMES; i++) {
            count += packing.pack(Decoded.changes(EVENT).changes(), all, Invocation.unbounded())
                    .size();
        }
        return count / TIMES;
    }

    private static double allocation(Race.Task task) throws Exception {
        var thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = thread.getCurrentThreadAllocatedBytes();
        task.run();
        return (double) (thread.getCurrentThreadAllocatedBytes() - before) / TIMES / EVENT.length;
    }
}
