package dev.sluice.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records below a header. The framer knows where they are, FastCSV what is in them. */
final class CsvRecords implements Records {

    private final Framer framer;
    private final CsvReader.CsvReaderBuilder parser;
    private List<String> header = List.of();

    CsvRecords(Framer framer, char delimiter) {
        this.framer = framer;
        this.parser = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .skipEmptyLines(false);
    }

    /** The columns' names; none if the object holds no record at all. */
    List<String> readHeader() throws IOException, FormatException {
        if (next()) {
            try {
                header = List.of(parse());
            } catch (RejectedException e) {
                throw new FormatException("bad-header", "The header cannot be read: " + e.getMessage());
            }
        }
        return header;
    }

    @Override
    public boolean next() throws IOException, FormatException {
        // The record before this one has taken in everything behind its quote.
        if (framer.isOpen()) {
            throw new FormatException(
                    "open-quote",
                    "A quote in the record of line %d is never closed."
                            .formatted(framer.place().line()));
        }
        while (framer.next()) {
            if (framer.length() > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public byte[] raw() {
        return Arrays.copyOfRange(framer.bytes(), framer.start(), framer.start() + framer.length());
    }

    @Override
    public Place place() {
        return framer.place();
    }

    @Override
    public Map<String, Value> fields() throws RejectedException {
        String[] fields = parse();
        if (fields.length != header.size()) {
            throw new RejectedException(
                    RejectReason.FIELD_COUNT,
                    "",
                    "The record has %d fields, the header has %d.".formatted(fields.length, header.size()));
        }
        Map<String, Value> values = LinkedHashMap.newLinkedHashMap(fields.length);
        for (int i = 0; i < fields.length; i++) {
            values.put(header.get(i), new Value.Text(fields[i]));
        }
        return values;
    }

    private String[] parse() throws RejectedException {
        if (framer.tooLong()) {
            throw new RejectedException(
                    RejectReason.RECORD_TOO_LARGE, "", "The record has %d bytes.".formatted(framer.size()));
        }
        String text = Utf8.decode(framer.bytes(), framer.start(), framer.length());
        try {
            return parser.ofSingleCsvRecord(StringArrayHandler.of(), text);
        } catch (CsvParseException e) {
            throw new RejectedException(
                    RejectReason.QUOTES, "", "A quote is not closed, or something follows a closing quote.");
        }
    }
}
