package dev.sluice.format;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Sample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** How fast bytes are cut into records, nothing made of them. */
final class FramerBench {

    private static final int MAX_RECORD = 1024 * 1024;

    private FramerBench() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        for (Sample sample : Sample.values()) {
            byte[] bytes = sample.bytes();
            var race = Race.byThreadCpu()
                    .add("csv", () -> frame(bytes, () -> new CsvEnd(new Csv(','))))
                    .add("lines", () -> frame(bytes, LineEnd::new))
                    .run();
            for (String end : new String[] {"csv", "lines"}) {
                figures.say(
                        "framer for %s over %s".formatted(end, sample),
                        "MB/CPU s",
                        race.seconds(end).map(s -> bytes.length / s / 1e6));
            }
        }
        figures.write();
    }

    private static long frame(byte[] bytes, Supplier<RecordEnd> end) throws Exception {
        var framer = new Framer(
                new ByteArrayInputStream(bytes),
                end.get(),
                StandardCharsets.UTF_8,
                new RecordLimits(MAX_RECORD, Long.MAX_VALUE));
        long sum = 0;
        while (framer.next()) {
            sum += framer.size();
        }
        return sum;
    }
}
