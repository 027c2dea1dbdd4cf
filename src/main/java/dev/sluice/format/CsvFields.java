package dev.sluice.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.sluice.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of one record. FastCSV reads those with quotes; without any there is nothing to do but to split. */
final class CsvFields {

    private static final Value EMPTY = new Value.Text("");

    private final char delimiter;
    private final Optional<Character> quote;
    private final Optional<String> nullToken;
    private final CsvReader.CsvReaderBuilder parser;
    private List<Value> fields = new ArrayList<>();

    CsvFields(Csv csv) {
        this.delimiter = csv.delimiter();
        this.quote = csv.quote();
        this.nullToken = csv.nullToken();
        this.parser = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .skipEmptyLines(false);
        quote.ifPresent(parser::quoteCharacter);
    }

    /** @throws CsvParseException if the quotes are wrong; {@link #read()} then says how many fields were right */
    List<Value> of(String record) {
        fields = new ArrayList<>(Math.max(fields.size(), 8));
        if (quote.isPresent() && record.indexOf(quote.get()) >= 0) {
            return parser.ofSingleCsvRecord(new Handler(), record);
        }
        int from = 0;
        for (int to = record.indexOf(delimiter); to >= 0; to = record.indexOf(delimiter, from)) {
            add(record.substring(from, to), false);
            from = to + 1;
        }
        add(record.substring(from), false);
        return fields;
    }

    int read() {
        return fields.size();
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
