package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.sluice.object.ReadingCloud.Content;
import dev.sluice.row.Row;
import dev.sluice.row.RowKey;
import dev.sluice.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Records are rows, rejects and dropped together, whatever lies in an object and however it ends. */
class RecordCountsTests {

    private static final String HEADER = "id,status,text\n";

    enum Becomes {
        ROW,
        REJECT,
        DROPPED,
        NOTHING
    }

    /** A record as CSV, as JSON and as a plain line, which holds its status only; {@code #} stands for a number of its own. */
    enum Line {
        GOOD("#,good,1", "{'id':#,'status':'good'}", "good", Becomes.ROW),
        BLANK("", "", "", Becomes.NOTHING),
        DROPPED("#,drop,1", "{'id':#,'status':'drop'}", "drop", Becomes.DROPPED),
        TRANSFORM_THROWS("#,throw,1", "{'id':#,'status':'throw'}", "throw", Becomes.REJECT),
        TRANSFORM_LACKS_A_CLASS("#,lack,1", "{'id':#,'status':'lack'}", "lack", Becomes.REJECT),
        TRANSFORM_CALLS_ITSELF("#,call,1", "{'id':#,'status':'call'}", "call", Becomes.REJECT),
        TRANSFORM_GIVES_NULL("#,null,1", "{'id':#,'status':'null'}", "null", Becomes.REJECT),
        TRANSFORM_HIDES_A_NULL("#,hide,1", "{'id':#,'status':'hide'}", "hide", Becomes.REJECT),
        TRANSFORM_CHANGES_THE_KEY("#,move,1", "{'id':#,'status':'move'}", "move", Becomes.REJECT),
        WRONG_FIELDS("#,good", "{'id':#,'id':#}", Becomes.REJECT),
        WRONG_TYPE("#,good,x", "{'id':#,'text':'x'}", Becomes.REJECT),
        WRONG_SYNTAX("#,\"good\"x,1", "{'id':#,}", Becomes.REJECT),
        TOO_LONG_A_KEY("k".repeat(1025) + ",good,1", "{'id':'" + "k".repeat(1025) + "'}", Becomes.REJECT),
        NO_KEY(",good,1", "{'status':'good'}", Becomes.REJECT),
        WRONG_ENCODING("#,good,\u00ff", "{'id':#,'text':'\u00ff'}", "\u00ff", Becomes.REJECT),
        TOO_LONG(
                "#,good," + "x".repeat(5000),
                "{'id':#,'text':'" + "x".repeat(5000) + "'}",
                "x".repeat(5000),
                Becomes.REJECT);

        private final String csv;
        private final String json;
        private final String line;
        private final Becomes becomes;

        Line(String csv, String json, Becomes becomes) {
            this(csv, json, "", becomes);
        }

        Line(String csv, String json, String line, Becomes becomes) {
            this.csv = csv;
            this.json = json.replace('\'', '"');
            this.line = line;
            this.becomes = becomes;
        }

        String form(Format format) {
            return switch (format) {
                case CSV -> csv;
                case NDJSON, JSON -> json;
                case LINES -> line;
            };
        }

        Becomes becomes(Format format) {
            return form(format).isEmpty() ? Becomes.NOTHING : becomes;
        }
    }

    enum Format {
        CSV,
        NDJSON,
        JSON,
        LINES
    }

    /** How many rejects the feed allows. */
    enum Limit {
        ANY,
        THREE,
        HALF
    }

    enum Packing {
        PLAIN,
        GZIP,
        ZSTD,
        GZIP_CUT,
        GZIP_DAMAGED
    }

    /** A transform that does everything that one can do, as the row's status says. */
    @Configuration(proxyBeanMethods = false)
    static class Everything {

        @Bean
        @SuppressWarnings("NullAway")
        Function<Row, Optional<Row>> everything() {
            return row -> switch (row.data().get("status")) {
                case Value.Text(String status) when status.equals("drop") -> Optional.empty();
                case Value.Text(String status) when status.equals("throw") -> throw new IllegalStateException("thrown");
                case Value.Text(String status) when status.equals("lack") -> throw new NoClassDefFoundError("lacking");
                case Value.Text(String status) when status.equals("call") -> itself(row);
                case Value.Text(String status) when status.equals("null") -> null;
                case Value.Text(String status)
                when status.equals("hide") -> {
                    row.data().put("hidden", new Value.Items(List.of(new Value.Text(null))));
                    yield Optional.of(row);
                }
                case Value.Text(String status)
                when status.equals("move") ->
                    Optional.of(new Row(new RowKey("other", "other"), row.data(), row.source()));
                case null, default -> Optional.of(row);
            };
        }

        @SuppressWarnings("InfiniteRecursion")
        private static Optional<Row> itself(Row row) {
            return itself(row);
        }
    }

    @SuppressWarnings("NullAway.Init")
    private static ReadingCloud cloud;

    @BeforeContainer
    static void start() throws IOException {
        cloud = new ReadingCloud(
                List.of(Everything.class),
                IntStream.range(0, 12)
                        .mapToObj(i -> feed(i, Format.values()[i % 4], Limit.values()[i / 4]))
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }

    private static List<String> feed(int index, Format format, Limit limit) {
        String name = "--sluice.feeds[%d].".formatted(index);
        var settings = Stream.of(
                "name=feed" + index,
                "match.key=" + folder(format, limit) + "{box}",
                "format=" + format.name().toLowerCase(Locale.ROOT),
                "transform=everything",
                "max-record-bytes=4096");
        var columns = format == Format.LINES
                ? Stream.of("column=status")
                : Stream.of("key[0]=box", "key[1]=id", "types[0].column=text", "types[0].type=number");
        var limits = limit == Limit.ANY
                ? Stream.<String>of()
                : Stream.of("rejects.limit=" + (limit == Limit.THREE ? "3" : "50%"));
        return Stream.of(settings, columns, limits)
                .flatMap(some -> some)
                .map(name::concat)
                .toList();
    }

    private static String folder(Format format, Limit limit) {
        return format + "/" + limit + "/";
    }

    @AfterContainer
    static void stop() {
        cloud.close();
    }

    @Property
    void recordsAreRowsRejectsAndDropped(
            @ForAll @Size(max = 60) List<Line> lines,
            @ForAll Format format,
            @ForAll Limit limit,
            @ForAll Packing packing,
            @ForAll int place)
            throws IOException {
        byte[] object = packed(plain(lines, format), packing, place);

        var read = cloud.read(folder(format, limit) + "a", Content.of(object));

        ObjectOutcome outcome = read.outcome();
        assertThat(outcome.records()).isEqualTo(outcome.rows() + outcome.rejects() + outcome.dropped());
        assertThat(read.rows()).isLessThanOrEqualTo((int) outcome.rows());
        assertThat(read.rejects()).hasSize((int) outcome.rejects());
        assertThat(read.ledger().path("records").path("N").asLong()).isEqualTo(outcome.records());
        assertThat(read.ledger().has("firstError")).isEqualTo(outcome.rejects() > 0);
        // Damaged bytes may be anything, the same key again too.
        if (packing != Packing.GZIP_DAMAGED) {
            assertThat(read.rows()).isEqualTo((int) outcome.rows());
            boolean whole = packing != Packing.GZIP_CUT;
            Model model = Model.of(lines, format, whole ? Long.MAX_VALUE : outcome.records(), limit, whole);
            assertThat(outcome)
                    .extracting(
                            ObjectOutcome::records, ObjectOutcome::rows, ObjectOutcome::rejects, ObjectOutcome::dropped)
                    .containsExactly(model.records(), model.rows(), model.rejects(), model.dropped());
            assertThat(outcome.reason()).isEqualTo(model.reason(object.length));
        }
    }

    /** What a reader that sees the first records only has to find. */
    private record Model(long records, long rows, long rejects, long dropped, boolean tooMany, boolean whole) {

        static Model of(List<Line> lines, Format format, long mostRecords, Limit limit, boolean whole) {
            var records = lines.stream()
                    .map(line -> line.becomes(format))
                    .filter(becomes -> becomes != Becomes.NOTHING)
                    .limit(mostRecords)
                    .toList();
            if (limit == Limit.THREE) {
                int end = 0;
                for (int rejects = 0; end < records.size() && rejects < 4; end++) {
                    rejects += records.get(end) == Becomes.REJECT ? 1 : 0;
                }
                records = records.subList(0, end);
            }
            long rejects = count(records, Becomes.REJECT);
            boolean tooMany =
                    switch (limit) {
                        case ANY -> false;
                        case THREE -> rejects > 3;
                        case HALF -> whole && rejects * 2 > records.size();
                    };
            return new Model(
                    records.size(),
                    count(records, Becomes.ROW),
                    rejects,
                    count(records, Becomes.DROPPED),
                    tooMany,
                    whole);
        }

        private static long count(List<Becomes> records, Becomes wanted) {
            return records.stream().filter(becomes -> becomes == wanted).count();
        }

        String reason(long bytes) {
            if (tooMany || !whole) {
                return tooMany ? "too-many-rejects" : "bad-compression";
            }
            return records > 0 ? "" : bytes == 0 ? "empty" : "no-records";
        }
    }

    private static byte[] plain(List<Line> lines, Format format) {
        String records = IntStream.range(0, lines.size())
                .mapToObj(i -> lines.get(i).form(format).replace("#", Integer.toString(i)))
                .collect(Collectors.joining(format == Format.JSON ? ",\n" : "\n"));
        String text =
                switch (format) {
                    case CSV -> HEADER + records;
                    case JSON -> "[" + records + "]";
                    case NDJSON, LINES -> records;
                };
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] packed(byte[] plain, Packing packing, int place) throws IOException {
        return switch (packing) {
            case PLAIN -> plain;
            case ZSTD -> Zstd.compress(plain);
            case GZIP -> gzip(plain);
            case GZIP_CUT -> {
                byte[] gzip = gzip(plain);
                // The first two bytes are what makes it gzip.
                yield Arrays.copyOf(gzip, 2 + Math.floorMod(place, gzip.length - 2));
            }
            case GZIP_DAMAGED -> {
                byte[] gzip = gzip(plain);
                gzip[2 + Math.floorMod(place, gzip.length - 2)] ^= (byte) (1 << Math.floorMod(place, Byte.SIZE));
                yield gzip;
            }
        };
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
