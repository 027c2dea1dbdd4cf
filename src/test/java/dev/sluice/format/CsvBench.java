package dev.sluice.format;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Sample;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Framer and parser for CSV against the least that can be done, and against FastCSV alone. */
final class CsvBench {

    private static final int MAX_RECORD = 1024 * 1024;

    private CsvBench() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        for (Sample sample : List.of(Sample.SUBDIVISIONS, Sample.COUNTRIES, Sample.ORDERS)) {
            byte[] bytes = sample.bytes();
            var race = Race.byThreadCpu()
                    .add("framer and parser", () -> read(bytes))
                    .add("byte splitter", () -> split(bytes))
                    .add("FastCSV", () -> fastCsv(bytes))
                    .run();
            for (String name : List.of("framer and parser", "byte splitter", "FastCSV")) {
                figures.say(
                        "%s over %s".formatted(name, sample),
                        "MB/CPU s",
                        race.seconds(name).map(s -> bytes.length / s / 1e6));
            }
            var ours = race.seconds("framer and parser");
            figures.atLeast(
                    0.35,
                    "speed of framer and parser / byte splitter over " + sample,
                    "x",
                    race.seconds("byte splitter").over(ours));
            figures.atLeast(
                    0.6,
                    "speed of framer and parser / FastCSV over " + sample,
                    "x",
                    race.seconds("FastCSV").over(ours));
        }
        figures.write();
    }

    /** Characters of all fields below the header. */
    static long read(byte[] bytes) throws Exception {
        return characters(new Csv(',')
                .open(new ByteArrayInputStream(bytes), List.of(), new RecordLimits(MAX_RECORD, Long.MAX_VALUE)));
    }

    static long characters(Records records) throws Exception {
        long characters = 0;
        while (records.next()) {
            for (Value value : records.fields().values()) {
                characters += ((Value.Text) value).text().length();
            }
        }
        return characters;
    }

    private static long split(byte[] bytes) {
        var splitter = new ByteSplitter(bytes);
        splitter.next();
        long characters = 0;
        while (splitter.next()) {
            for (String field : splitter.fields()) {
                characters += field.length();
            }
        }
        return characters;
    }

    private static long fastCsv(byte[] bytes) throws IOException {
        long characters = 0;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(new ByteArrayInputStream(bytes))) {
            var records = reader.iterator();
            records.next();
            while (records.hasNext()) {
                for (String field : records.next().getFields()) {
                    characters += field.length();
                }
            }
        }
        return characters;
    }
}
