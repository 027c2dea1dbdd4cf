package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecordStartTests {

    private static final int MAX = 1 << 20;

    private static final Csv PLAIN_LINES = new Csv(
            ',',
            Optional.of('"'),
            Optional.of('#'),
            Optional.empty(),
            List.of("a", "b"),
            false,
            StandardCharsets.UTF_8);

    @Property
    void itIsTheFirstBorderThatReadingInOneGoKnows(
            @ForAll("texts") String text,
            @ForAll("formats") Format format,
            @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RecordEnd end = format instanceof Csv csv ? new CsvEnd(csv) : new LineEnd();
        var framer = new Framer(
                new ByteArrayInputStream(bytes), end, StandardCharsets.UTF_8, new RecordLimits(MAX, Long.MAX_VALUE));
        var borders = new TreeSet<>(List.of((long) bytes.length));
        while (framer.next()) {
            borders.add(framer.place().offset());
        }
        for (int from = 1; from <= bytes.length; from++) {
            var rest = new ByteArrayInputStream(bytes, from - 1, bytes.length);
            assertThat(RecordStart.find(format, from, chunks(rest, chunk), new RecordLimits(MAX, Long.MAX_VALUE)))
                    .as("from %d", from)
                    .isEqualTo(borders.ceiling((long) from));
        }
    }

    @Test
    void whatHasNoBorderForLongHasNone() throws Exception {
        byte[] line = ("x".repeat(50_000) + "\ny").getBytes(StandardCharsets.UTF_8);

        assertThat(RecordStart.find(new Lines(), 1, new ByteArrayInputStream(line), new RecordLimits(4096, 50_000)))
                .isEqualTo(50_001);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> RecordStart.find(
                        new Lines(), 1, new ByteArrayInputStream(line), new RecordLimits(4096, 30_000)))
                .withMessageStartingWith("From byte 1 on");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", ",", "\"", "#", "\n", "\r", "\r\n", "é")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Format> formats() {
        return Arbitraries.of(PLAIN_LINES, new Ndjson(), new Lines());
    }

    private static InputStream chunks(InputStream in, int chunk) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return super.read(bytes, offset, Math.min(chunk, length));
            }
        };
    }

    @Test
    void aQuoteDoesNotHoldLinesTogether() throws Exception {
        Records records = PLAIN_LINES.open(
                new ByteArrayInputStream("1,\"x\n2,y\r3,\"z\"\n".getBytes(StandardCharsets.UTF_8)),
                List.of(),
                new RecordLimits(MAX, Long.MAX_VALUE));

        var seen = new ArrayList<String>();
        while (records.next()) {
            seen.add(new String(records.raw(), StandardCharsets.UTF_8));
        }

        assertThat(seen).containsExactly("1,\"x", "2,y", "3,\"z\"");
    }
}
