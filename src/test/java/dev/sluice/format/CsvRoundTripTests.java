package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written with any options is what is read with them, however it is compressed. */
class CsvRoundTripTests {

    private static final String NULL_TOKEN = "\\N";

    enum Packing {
        PLAIN,
        GZIP,
        ZSTD
    }

    /** A table and how it is written; an empty cell is null. */
    record Written(Csv csv, String lineEnd, boolean allQuoted, List<List<Optional<String>>> rows) {}

    @Property(tries = 2000)
    void whatIsWrittenIsRead(@ForAll("written") Written written, @ForAll Packing packing, @ForAll boolean bom)
            throws Exception {
        Csv csv = written.csv();
        var text = new StringBuilder(bom && csv.charset().equals(StandardCharsets.UTF_8) ? "\uFEFF" : "");
        var places = new ArrayList<Place>();
        List<String> names = csv.columns().isEmpty() ? List.of("c1", "c 2") : csv.columns();
        if (csv.columns().isEmpty()) {
            text.append(String.join(String.valueOf(csv.delimiter()), names)).append(written.lineEnd());
        }
        for (var row : written.rows()) {
            csv.comment().ifPresent(c -> text.append(c)
                    .append("it's \"no\"")
                    .append(csv.delimiter())
                    .append('"')
                    .append(written.lineEnd()));
            text.append(written.lineEnd());
            places.add(new Place(text.toString().getBytes(csv.charset()).length, 1 + lineEnds(text)));
            text.append(row.stream()
                            .map(cell -> cell(cell, written))
                            .collect(Collectors.joining(String.valueOf(csv.delimiter()))))
                    .append(written.lineEnd());
        }

        byte[] packed = pack(text.toString().getBytes(csv.charset()), packing);
        Records records = csv.open(
                Compression.open(new ByteArrayInputStream(packed)), names, new RecordLimits(1 << 20, Long.MAX_VALUE));
        var read = new ArrayList<List<Optional<String>>>();
        var readPlaces = new ArrayList<Place>();
        while (records.next()) {
            assertThat(records.fields().keySet()).containsExactlyElementsOf(names);
            read.add(records.fields().values().stream()
                    .map(value -> value instanceof Value.Text(String characters)
                            ? Optional.of(characters)
                            : Optional.<String>empty())
                    .toList());
            readPlaces.add(records.place());
        }
        assertThat(read).isEqualTo(written.rows());
        assertThat(readPlaces).isEqualTo(places);
    }

    private static long lineEnds(CharSequence text) {
        return text.toString()
                .replace("\r\n", "\n")
                .chars()
                .filter(c -> c == '\n' || c == '\r')
                .count();
    }

    private static String cell(Optional<String> cell, Written written) {
        Csv csv = written.csv();
        if (cell.isEmpty() || csv.quote().isEmpty()) {
            return cell.orElse(NULL_TOKEN);
        }
        char quote = csv.quote().get();
        String text = cell.get();
        boolean needed = written.allQuoted()
                || text.equals(NULL_TOKEN)
                || csv.comment().stream().anyMatch(c -> text.startsWith(c.toString()))
                || text.chars().anyMatch(c -> c == csv.delimiter() || c == quote || c == '\r' || c == '\n');
        return needed ? quote + text.replace("" + quote, "" + quote + quote) + quote : text;
    }

    /** In two members or frames, cut anywhere. */
    private static byte[] pack(byte[] plain, Packing packing) throws IOException {
        var packed = new ByteArrayOutputStream();
        for (byte[] part : List.of(
                Arrays.copyOf(plain, plain.length / 2), Arrays.copyOfRange(plain, plain.length / 2, plain.length))) {
            try (OutputStream out =
                    switch (packing) {
                        case PLAIN -> packed;
                        case GZIP -> new GZIPOutputStream(packed);
                        case ZSTD -> new ZstdOutputStream(packed);
                    }) {
                out.write(part);
            }
        }
        return packed.toByteArray();
    }

    @Provide
    Arbitrary<Written> written() {
        Arbitrary<Csv> csv = Combinators.combine(
                        Arbitraries.of(',', ';', '\t', '|', ' '),
                        Arbitraries.of('"', '\'').optional(0.8),
                        Arbitraries.of('#', '%').optional(0.5),
                        Arbitraries.just(NULL_TOKEN).optional(0.5),
                        Arbitraries.of(List.<String>of(), List.of("given", "other")),
                        Arbitraries.of("UTF-8", "ISO-8859-1", "windows-1252", "US-ASCII")
                                .map(Charset::forName))
                .as(Csv::new)
                // A delimiter inside the second column's name would have to be quoted.
                .filter(options ->
                        options.delimiter() != ' ' || !options.columns().isEmpty());
        return csv.flatMap(options -> Combinators.combine(
                        Arbitraries.of("\n", "\r\n", "\r"),
                        Arbitraries.of(true, false),
                        cells(options).list().ofSize(2).list().ofMaxSize(6))
                .as((lineEnd, allQuoted, rows) -> new Written(options, lineEnd, allQuoted, rows)));
    }

    private static Arbitrary<Optional<String>> cells(Csv csv) {
        boolean canTell = csv.quote().isPresent();
        String unsafe = canTell
                ? ""
                : "\r\n" + csv.delimiter() + csv.comment().map(String::valueOf).orElse("");
        List<String> letters = "ab05-é€ß日😀,;\t| \r\n#%'\"\\N"
                .codePoints()
                .mapToObj(Character::toString)
                .filter(csv.charset().newEncoder()::canEncode)
                .filter(letter -> !unsafe.contains(letter))
                .toList();
        Arbitrary<String> texts = Arbitraries.of(letters).list().ofMaxSize(20).map(parts -> String.join("", parts));
        return csv.nullToken().isPresent()
                ? Arbitraries.oneOf(texts, Arbitraries.just(NULL_TOKEN))
                        .filter(text -> canTell || !text.equals(NULL_TOKEN))
                        .optional(0.8)
                : texts.map(Optional::of);
    }
}
