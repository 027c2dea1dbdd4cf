package dev.sluice.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one record. Up to the first field with a quote there is nothing to do but to split, and since every
 * delimiter is a byte it is done before decoding; from there on FastCSV reads.
 */
final class CsvFields {

    private static final Value EMPTY = new Value.Text("");

    /** No byte. */
    private static final int NONE = 256;

    private final TextDecoder decoder;
    private final int delimiter;
    private final int quote;
    private final Optional<String> nullToken;
    private final CsvReader.CsvReaderBuilder parser;
    private List<Value> fields = new ArrayList<>();

    CsvFields(Csv csv) {
        this.decoder = new TextDecoder(csv.charset());
        this.delimiter = csv.delimiter();
        this.quote = csv.quote().map(c -> (int) c).orElse(NONE);
        this.nullToken = csv.nullToken();
        this.parser = CsvReader.builder()
                .fieldSeparator(csv.delimiter())
                .allowUnclosedQuote(false)
                .skipEmptyLines(false);
        csv.quote().ifPresent(parser::quoteCharacter);
    }

    /**
     * @throws RejectedException if the record is not valid in its character set
     * @throws CsvParseException if the quotes are wrong; {@link #read()} then says how many fields were right
     */
    List<Value> of(byte[] bytes, int start, int length) throws RejectedException {
        fields = new ArrayList<>(Math.max(fields.size(), 8));
        int end = start + length;
        int from = start;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == delimiter) {
                add(decoder.decode(bytes, start, from, i), false);
                from = i + 1;
            } else if (b == quote) {
                return parser.ofSingleCsvRecord(new Handler(), decoder.decode(bytes, start, from, end));
            }
        }
        add(decoder.decode(bytes, start, from, end), false);
        return fields;
    }

    int read() {
        return fields.size();
    }

    Optional<Span> malformed(byte[] record) {
        return decoder.malformed(record, 0, record.length);
    }

    private void add(String text, boolean quoted) {
        if (!quoted && nullToken.isPresent() && text.equals(nullToken.get())) {
            fields.add(Value.Null.NULL);
        } else {
            fields.add(text.isEmpty() ? EMPTY : new Value.Text(text));
        }
    }

    private final class Handler extends AbstractBaseCsvCallbackHandler<List<Value>> {

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            add(new String(buffer, offset, length), quoted);
        }

        @Override
        protected List<Value> buildRecord() {
            return fields;
        }
    }
}
