package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What FastCSV writes is read back, and what FastCSV reads as a whole the framer cuts into the same records. */
class CsvParityTests {

    record Table(int columns, List<List<String>> rows) {}

    @Property
    void aTableIsReadBackAsItWasWritten(
            @ForAll("tables") Table table,
            @ForAll LineDelimiter lineEnd,
            @ForAll boolean allQuoted,
            @ForAll("delimiters") char delimiter,
            @ForAll boolean bom)
            throws Exception {
        List<String> header =
                IntStream.range(0, table.columns()).mapToObj(i -> "c\"" + i).toList();
        var text = new StringWriter();
        QuoteStrategy quotes = allQuoted ? QuoteStrategies.ALWAYS : QuoteStrategies.EMPTY;
        try (CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(delimiter)
                .lineDelimiter(lineEnd)
                .quoteStrategy(quotes)
                .build(text)) {
            writer.writeRecord(header);
            table.rows().forEach(writer::writeRecord);
        }

        var rows = new ArrayList<List<String>>();
        Records records = new Csv(delimiter)
                .open(in((bom ? "\uFEFF" : "") + text), header, new RecordLimits(1 << 20, Long.MAX_VALUE));
        while (records.next()) {
            var fields = records.fields();
            assertThat(fields.keySet()).containsExactlyElementsOf(header);
            rows.add(fields.values().stream()
                    .map(value -> ((Value.Text) value).text())
                    .toList());
        }
        assertThat(rows).isEqualTo(table.rows());
    }

    @Property(tries = 5000)
    void whateverFastCsvReadsIsCutAndParsedIntoTheSameRecords(
            @ForAll("texts") String text, @ForAll("dialects") Csv csv, @ForAll boolean sliceBySlice) throws Exception {
        Optional<List<List<String>>> whole = whole(text, csv);
        Assume.that(whole.isPresent());

        var cut = new ArrayList<List<String>>();
        var framer = new Framer(
                in(text), new CsvEnd(csv), StandardCharsets.UTF_8, new RecordLimits(1 << 20, Long.MAX_VALUE));
        var parser = new CsvFields(csv);
        while (framer.next()) {
            String slice = new String(framer.bytes(), framer.start(), (int) framer.size(), StandardCharsets.UTF_8);
            if (csv.comment().filter(c -> slice.charAt(0) == c).isPresent()) {
                continue;
            }
            if (sliceBySlice) {
                cut.addAll(whole(slice, csv).orElseThrow());
            } else {
                cut.add(parser.of(framer.bytes(), framer.start(), framer.length()).stream()
                        .map(value -> ((Value.Text) value).text())
                        .toList());
            }
        }
        assertThat(cut).isEqualTo(whole.get());
    }

    /** All records; empty if FastCSV refuses the text. */
    private static Optional<List<List<String>>> whole(String text, Csv csv) throws Exception {
        var builder = CsvReader.builder()
                .fieldSeparator(csv.delimiter())
                .quoteCharacter(csv.quote().orElseThrow())
                .skipEmptyLines(false)
                .allowUnclosedQuote(false);
        csv.comment()
                .ifPresent(c -> builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(c));
        try (CsvReader<CsvRecord> reader = builder.ofCsvRecord(text)) {
            return Optional.of(reader.stream().map(CsvRecord::getFields).toList());
        } catch (CsvParseException _) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<Csv> dialects() {
        return Combinators.combine(
                        Arbitraries.of(',', 'b', ' '),
                        Arbitraries.of('"', '\''),
                        Arbitraries.of('#', 'a').optional(0.5))
                .as((delimiter, quote, comment) -> new Csv(
                        delimiter, Optional.of(quote), comment, Optional.empty(), List.of(), StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Table> tables() {
        Arbitrary<String> cell = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars('a', '"', ',', ';', '\t', ' ', '\r', '\n')
                        .ofMaxLength(6),
                Arbitraries.of("", "Åland", "日本国", "مصر", "𝒜😀", "\u2028", "#", "'", "=1+1"));
        return Arbitraries.integers()
                .between(1, 5)
                .flatMap(columns ->
                        cell.list().ofSize(columns).list().ofMaxSize(8).map(rows -> new Table(columns, rows)));
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';', '\t', '|');
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of("a", "b", " ", ",", "\n")),
                        Tuple.of(
                                2,
                                Arbitraries.of(
                                        "\r\n", "\r", "5\"", ",\"", "\",", "\"\"", "\"\n", "#", "'", "'\n", ",'",
                                        "\n#")))
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
