package dev.sluice.format;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Plain text: each line is a record with one field.
 *
 * @param column the field's name
 * @param charset UTF-8, or one with a byte a character that begins with ASCII
 */
record Lines(String column, Charset charset) implements Format {

    /** @throws IllegalArgumentException if the name is empty or the character set is another one */
    public Lines {
        TextDecoder.check(charset);
        if (column.isEmpty()) {
            throw new IllegalArgumentException("column has to be a name");
        }
    }

    /** In UTF-8, the field named {@code line}. */
    public Lines() {
        this("line", StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public boolean hasTypes() {
        return false;
    }

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    @Override
    public boolean hasSameColumns() {
        return true;
    }

    @Override
    public boolean hasPlainLines() {
        return true;
    }

    @Override
    public Records open(InputStream plain, List<String> required, RecordLimits limits) throws FormatException {
        RequiredColumns.check("A plain line lacks", List.of(column), required);
        return new LineRecords(new Framer(plain, new LineEnd(), charset, limits), column, new TextDecoder(charset));
    }
}
