package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading on from any record's start gives what reading in one go gives. */
class ResumeTests {

    private static final int MAX = 4096;
    private static final int MEMBER = 100_000;

    enum Kind {
        CSV,
        CSV_WITHOUT_HEADER,
        NDJSON,
        LINES;

        private Format format() {
            return switch (this) {
                case CSV -> new Csv(',');
                case CSV_WITHOUT_HEADER ->
                    new Csv(
                            ',',
                            Optional.of('"'),
                            Optional.of('#'),
                            Optional.empty(),
                            List.of("a", "b"),
                            StandardCharsets.UTF_8);
                case NDJSON -> new Ndjson();
                case LINES -> new Lines();
            };
        }

        /** Some of them too long, with line breaks in quotes, or blank. */
        private String record(Random random) {
            String text = "é".repeat(random.nextInt(random.nextInt(40) == 0 ? 3_000 : 300));
            return switch (this) {
                case CSV, CSV_WITHOUT_HEADER ->
                    switch (random.nextInt(4)) {
                        case 0 -> "#" + random.nextInt() + "," + text + "\r\n";
                        case 1 -> "\"a\n\"\"b\"," + text + "\n";
                        case 2 -> "\n";
                        default -> random.nextInt() + "," + text + "\n";
                    };
                case NDJSON -> "{\"a\":\"%s\"}\n%s".formatted(text, random.nextInt(5) == 0 ? " \n" : "");
                case LINES -> text + "\n";
            };
        }
    }

    enum Pack {
        PLAIN,
        GZIP,
        ZSTD;

        byte[] pack(byte[] plain) throws IOException {
            var packed = new ByteArrayOutputStream();
            for (int from = 0; from < plain.length; from += MEMBER) {
                byte[] piece = Arrays.copyOfRange(plain, from, Math.min(plain.length, from + MEMBER));
                switch (this) {
                    case PLAIN -> packed.write(piece);
                    case GZIP -> {
                        var gzip = new GZIPOutputStream(packed);
                        gzip.write(piece);
                        gzip.finish();
                    }
                    case ZSTD -> packed.write(Zstd.compress(piece));
                }
            }
            return packed.toByteArray();
        }
    }

    private record Seen(Place place, Place end, String raw) {}

    @Property(tries = 40)
    void fromAnyRecordTheRestIsTheSame(
            @ForAll Kind kind, @ForAll Pack pack, @ForAll long seed, @ForAll @IntRange(max = 100) int percent)
            throws Exception {
        var random = new Random(seed);
        var text = new StringBuilder(random.nextBoolean() ? "\uFEFFa,b\n" : "a,b\n");
        while (text.length() < 4 * MEMBER) {
            text.append(kind.record(random));
        }
        byte[] object = pack.pack(text.toString().getBytes(StandardCharsets.UTF_8));
        List<Seen> all = rest(records(kind, Compression.open(new ByteArrayInputStream(object))));

        PlainBytes plain = Compression.open(new ByteArrayInputStream(object));
        Records records = records(kind, plain);
        int stop = 1 + (all.size() - 1) * percent / 100;
        for (int i = 0; i < stop; i++) {
            assertThat(records.next()).isTrue();
        }
        Border border = plain.border(records.end().offset());
        long compressed = border.compressed();
        InputStream raw = new ByteArrayInputStream(object, (int) compressed, object.length);
        PlainBytes again = plain.from(border, raw);
        again.skipNBytes(records.end().offset() - border.plain());
        Records on = records.continuation().orElseThrow().from(records.end(), again);

        assertThat(rest(on)).isEqualTo(all.subList(stop, all.size()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void theLastBorderIsNear(Pack pack) throws IOException {
        PlainBytes plain = Compression.open(new ByteArrayInputStream(pack.pack(new byte[10 * MEMBER])));
        plain.readAllBytes();

        assertThat(plain.border(MEMBER - 1).plain()).isZero();
        assertThat(plain.border(5 * MEMBER + 17).plain()).isEqualTo(5 * MEMBER);
        assertThat(plain.border(6 * MEMBER).plain()).isEqualTo(6 * MEMBER);
        assertThat(plain.border(10 * MEMBER).plain()).isEqualTo(10 * MEMBER);
    }

    /** What lies in the middle of a plain object may look like the start of a compressed one. */
    @Test
    void thePlainRestOfAPlainObjectIsNotDecompressed() throws Exception {
        byte[] gzip = Pack.GZIP.pack("secret".getBytes(StandardCharsets.UTF_8));
        var object = new ByteArrayOutputStream();
        object.writeBytes("first\n".getBytes(StandardCharsets.UTF_8));
        object.writeBytes(gzip);
        PlainBytes plain = Compression.open(new ByteArrayInputStream(object.toByteArray()));

        assertThat(plain.from(plain.border(6), new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(gzip);
    }

    @Test
    void insideAnArrayNothingCanBeReadOn() throws Exception {
        assertThat(new JsonArray()
                        .open(
                                new ByteArrayInputStream("[{}]".getBytes(StandardCharsets.UTF_8)),
                                List.of(),
                                new RecordLimits(MAX, Long.MAX_VALUE))
                        .continuation())
                .isEmpty();
    }

    private static Records records(Kind kind, InputStream plain) throws Exception {
        return kind.format().open(plain, List.of(), new RecordLimits(MAX, Long.MAX_VALUE));
    }

    private static List<Seen> rest(Records records) throws Exception {
        var seen = new ArrayList<Seen>();
        while (records.next()) {
            seen.add(new Seen(records.place(), records.end(), new String(records.raw(), StandardCharsets.UTF_8)));
        }
        return seen;
    }
}
