package dev.sluice.format;

import java.io.InputStream;
import java.util.List;

/** Newline-delimited JSON: one object a line. */
public record Ndjson() implements Format {

    /** Each line stands for itself, so a required column that it lacks concerns that record only. */
    @Override
    public Records open(InputStream plain, List<String> required, int maxRecordBytes) {
        return new NdjsonRecords(new Framer(plain, new LineEnd(), maxRecordBytes));
    }
}
