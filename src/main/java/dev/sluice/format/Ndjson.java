package dev.sluice.format;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Newline-delimited JSON: one object a line.
 *
 * @param charset UTF-8, or one with a byte a character that begins with ASCII
 */
record Ndjson(Charset charset) implements Format {

    /** @throws IllegalArgumentException if the character set is another one */
    public Ndjson {
        TextDecoder.check(charset);
    }

    /** In UTF-8. */
    public Ndjson() {
        this(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "ndjson";
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
        return true;
    }

    /** Each line stands for itself, so a required column that it lacks concerns that record only. */
    @Override
    public Records open(InputStream plain, List<String> required, RecordLimits limits) {
        return new NdjsonRecords(new Framer(plain, new LineEnd(), charset, limits), new JsonFields(charset));
    }
}
