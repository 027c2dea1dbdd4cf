package dev.sluice.format;

import com.github.luben.zstd.Zstd;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Compressed CSV against its parts one after the other: reading through the stream should cost nothing more. Decompressing
 * alone is what a call does that goes on in an object of one piece.
 */
final class GzipBench {

    private static final int MAX_RECORD = 1024 * 1024;

    private GzipBench() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        for (Sample sample : List.of(Sample.SUBDIVISIONS, Sample.ORDERS)) {
            byte[] bytes = sample.bytes();
            byte[] gzip = gzip(bytes);
            byte[] zstd = Zstd.compress(bytes);
            long characters = CsvBench.read(bytes);
            var race = Race.byThreadCpu()
                    .add("whole", () -> read(gzip))
                    .add("csv", () -> CsvBench.read(bytes))
                    .add("gunzip", () -> decompress(gzip) == bytes.length ? characters : 0)
                    .add("zstd", () -> decompress(zstd) == bytes.length ? characters : 0)
                    .add("JDK", () -> jdk(gzip) == bytes.length ? characters : 0)
                    .run();
            var serial = race.seconds("gunzip").with(race.seconds("csv"), Double::sum);
            figures.say(
                    "decompress alone, " + sample,
                    "MB/CPU s",
                    race.seconds("gunzip").map(s -> bytes.length / s / 1e6));
            figures.say(
                    "decompress zstd alone, " + sample,
                    "MB/CPU s",
                    race.seconds("zstd").map(s -> bytes.length / s / 1e6));
            figures.say(
                    "decompress alone with the JDK's stream, " + sample,
                    "MB/CPU s",
                    race.seconds("JDK").map(s -> bytes.length / s / 1e6));
            figures.say(
                    "gzip and CSV together, " + sample,
                    "MB/CPU s",
                    race.seconds("whole").map(s -> bytes.length / s / 1e6));
            figures.atLeast(
                    0.9, "speed of gzip and CSV / serial bound, " + sample, "x", serial.over(race.seconds("whole")));
        }
        figures.write();
    }

    private static long read(byte[] gzip) throws Exception {
        Records records = new Csv(',')
                .open(
                        Compression.open(new ByteArrayInputStream(gzip)),
                        List.of(),
                        new RecordLimits(MAX_RECORD, Long.MAX_VALUE));
        return CsvBench.characters(records);
    }

    private static long decompress(byte[] compressed) throws IOException {
        return drain(Compression.open(new ByteArrayInputStream(compressed)));
    }

    private static long jdk(byte[] gzip) throws IOException {
        return drain(new GZIPInputStream(new ByteArrayInputStream(gzip), 64 * 1024));
    }

    private static long drain(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long sum = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sum += read;
        }
        return sum;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
