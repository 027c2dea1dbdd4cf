package dev.sluice.object;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Sample;
import dev.sluice.bench.Samples;
import dev.sluice.object.ReadingCloud.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Reads a large object in a small heap, in which the S3 and the DynamoDB that do nothing have to live too: what each
 * eighth of it takes, so that one sees whether the last is slower than the first, and the most memory in use.
 */
final class LargeReadBench {

    private static final int PARTS = 8;
    private static final int ROWS = 5_000;

    private final byte[] header;
    private final byte[] block;

    private LargeReadBench() {
        byte[] orders = Sample.orders(ROWS);
        int end = 0;
        while (orders[end++] != '\n') {}
        this.header = Arrays.copyOf(orders, end);
        this.block = Arrays.copyOfRange(orders, end, orders.length);
    }

    /** Its fourth argument is the plain object's size in MB; the compressed one has half of that. */
    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        long megabytes = Long.parseLong(arguments[3]);
        var bench = new LargeReadBench();
        try (var cloud = new ReadingCloud(
                List.of(),
                "--sluice.feeds[0].name=orders",
                "--sluice.feeds[0].match.key=orders/*",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key=id")) {
            bench.measure("csv", megabytes, cloud, figures, bench.header, bench.block);
            bench.measure("csv in gzip", megabytes / 2, cloud, figures, gzip(bench.header), gzip(bench.block));
        }
        figures.write();
    }

    private void measure(
            String what, long megabytes, ReadingCloud cloud, Figures figures, byte[] header, byte[] block) {
        int blocks = Math.toIntExact((megabytes << 20) / block.length / PARTS * PARTS);
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        var times = new ArrayList<Long>();
        var content =
                new Content(header.length + (long) blocks * block.length, () -> stream(header, block, blocks, times));
        var read = cloud.read("orders/large", content);
        times.add(System.nanoTime());
        if (read.outcome().rows() != (long) blocks * ROWS) {
            throw new IllegalStateException(read.outcome().toString());
        }
        double rows = (double) blocks * ROWS / PARTS;
        var parts = new Samples(IntStream.range(0, PARTS)
                .mapToObj(i -> rows / (times.get(i + 1) - times.get(i)) * 1e9)
                .toList());
        figures.say("%s, %d MB: rows in each eighth".formatted(what, content.length() >> 20), "rows/s", parts);
        long peak = pools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        figures.say(
                "%s, %d MB: heap in use".formatted(what, content.length() >> 20),
                "MB at most",
                new Samples(List.of(peak / 1e6)));
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** The object; notes when the first byte of each eighth is asked for. */
    private static InputStream stream(byte[] header, byte[] block, int blocks, List<Long> times) {
        return new SequenceInputStream(Collections.enumeration(new AbstractList<InputStream>() {
            @Override
            public InputStream get(int i) {
                if (i > 0 && (i - 1) % (blocks / PARTS) == 0) {
                    times.add(System.nanoTime());
                }
                return new ByteArrayInputStream(i == 0 ? header : block);
            }

            @Override
            public int size() {
                return blocks + 1;
            }
        }));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
