package dev.sluice.format;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One JSON array of objects, each of them a record. The array is never held as a whole.
 *
 * @param charset UTF-8, or one with a byte a character that begins with ASCII
 */
record JsonArray(Charset charset) implements Format {

    /** @throws IllegalArgumentException if the character set is another one */
    public JsonArray {
        TextDecoder.check(charset);
    }

    /** In UTF-8. */
    public JsonArray() {
        this(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public boolean hasTypes() {
        return true;
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public boolean hasSameColumns() {
        return false;
    }

    @Override
    public boolean hasPlainLines() {
        return false;
    }

    /** Each element stands for itself, so a required column that it lacks concerns that record only. */
    @Override
    public Records open(InputStream plain, List<String> required, RecordLimits limits) {
        var end = new ArrayEnd();
        return new JsonArrayRecords(new Framer(plain, end, charset, limits), end, new JsonFields(charset));
    }
}
