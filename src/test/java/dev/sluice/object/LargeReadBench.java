package dev.sluice.object;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Sample;
import dev.sluice.bench.Samples;
import dev.sluice.invocation.Invocation;
import dev.sluice.object.ReadingCloud.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;

/**
 * Reads a large object in a small heap, in which the S3 and the DynamoDB that do nothing have to live too, in as many calls
 * as it takes: what each eighth of it takes, so that one sees whether the last is slower than the first, and the most
 * memory in use.
 */
final class LargeReadBench {

    private static final String KEY = "orders/large";
    private static final int PARTS = 8;
    private static final int ROWS = 5_000;

    /** As long as the deployed function's. */
    private static final Duration CALL = Duration.ofMinutes(5);

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

    private void measure(String what, long megabytes, ReadingCloud cloud, Figures figures, byte[] header, byte[] block)
            throws Exception {
        int blocks = Math.toIntExact((megabytes << 20) / block.length / PARTS * PARTS);
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        var times = new ConcurrentSkipListMap<Integer, Time>();
        var content = new Content(
                header.length + (long) blocks * block.length, from -> stream(header, block, blocks, from, times));
        int calls = read(cloud, content);
        times.put(PARTS, Time.now());
        JsonNode item = cloud.item(KEY);
        if (item.path("rows").path("N").asLong() != (long) blocks * ROWS) {
            throw new IllegalStateException(item.toString());
        }
        double rows = (double) blocks * ROWS / PARTS;
        List<Time> parts = parts(times);
        var speed =
                new Samples(parts.stream().map(part -> rows / part.wall() * 1e9).toList());
        figures.say("%s, %d MB: rows in each eighth".formatted(what, content.length() >> 20), "rows/s", speed);
        var cpu =
                new Samples(parts.stream().map(part -> part.cpu() / rows / 1e3).toList());
        figures.say("%s, %d MB: CPU in each eighth".formatted(what, content.length() >> 20), "us CPU/row", cpu);
        figures.atMost(
                1.05,
                "%s, %d MB: CPU of the second half / the first".formatted(what, content.length() >> 20),
                "x",
                new Samples(List.of(cpu(parts.subList(PARTS / 2, PARTS)) / cpu(parts.subList(0, PARTS / 2)))));
        figures.say(
                "%s, %d MB: calls".formatted(what, content.length() >> 20), "", new Samples(List.of((double) calls)));
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

    /** Until the object is done; says how many calls it took. */
    private static int read(ReadingCloud cloud, Content content) throws Exception {
        int calls = 1;
        call(() -> cloud.report(KEY, content).unread().isEmpty());
        while (!cloud.item(KEY).path("state").path("S").asString().equals("done")) {
            call(cloud::readNext);
            calls++;
        }
        return calls;
    }

    private static void call(Callable<Boolean> reading) throws Exception {
        if (!new Invocation("large", Instant.now().plus(CALL)).call(reading)) {
            throw new IllegalStateException("The object could not be read.");
        }
    }

    /** What each eighth took. */
    private static List<Time> parts(Map<Integer, Time> times) {
        List<Time> all = List.copyOf(times.values());
        return IntStream.range(0, PARTS)
                .mapToObj(i -> all.get(i + 1).since(all.get(i)))
                .toList();
    }

    private static double cpu(List<Time> parts) {
        return parts.stream().mapToLong(Time::cpu).sum();
    }

    /** Nanoseconds; of the CPU those of the whole process, in which the other side is no small part. */
    private record Time(long wall, long cpu) {

        static Time now() {
            return new Time(
                    System.nanoTime(),
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getProcessCpuTime());
        }

        Time since(Time other) {
            return new Time(wall - other.wall, cpu - other.cpu);
        }
    }

    /** The object from a byte on; notes when the first byte of each eighth is asked for. */
    private static InputStream stream(byte[] header, byte[] block, int blocks, long from, Map<Integer, Time> times) {
        long behind = Math.max(0, from - header.length);
        int first = Math.toIntExact(behind / block.length);
        int skipped = (int) (behind % block.length);
        var start = new ByteArrayInputStream(header, (int) Math.min(from, header.length), header.length);
        return new SequenceInputStream(Collections.enumeration(new AbstractList<InputStream>() {
            @Override
            public InputStream get(int i) {
                if (i == 0) {
                    return start;
                }
                int number = first + i - 1;
                if (number % (blocks / PARTS) == 0) {
                    times.putIfAbsent(number / (blocks / PARTS), Time.now());
                }
                return i == 1
                        ? new ByteArrayInputStream(block, skipped, block.length)
                        : new ByteArrayInputStream(block);
            }

            @Override
            public int size() {
                return 1 + blocks - first;
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
