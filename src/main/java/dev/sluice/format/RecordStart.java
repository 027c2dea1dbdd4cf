package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;

/** Finds where records begin in the middle of an object, in formats whose every line break ends one. */
public final class RecordStart {

    private static final int BUFFER = 8 * 1024;

    private RecordStart() {}

    /**
     * The first place at or behind that byte where a record, or a blank line, begins; the end of the bytes if there is none.
     *
     * @param format one that {@link Format#hasPlainLines() has plain lines}
     * @param offset a byte behind the object's first
     * @param plain the decompressed bytes from the one before that on
     * @throws FormatException if none begins within as many bytes as may be passed
     */
    public static long find(Format format, long offset, InputStream plain, RecordLimits limits)
            throws IOException, FormatException {
        RecordEnd end =
                switch (format) {
                    case Csv csv -> new CsvEnd(csv);
                    case Lines _, Ndjson _ -> new LineEnd();
                    case JsonArray _ -> throw new IllegalArgumentException("An array has no plain lines.");
                };
        end.begin();
        byte[] buffer = new byte[BUFFER];
        long passed = offset - 1;
        for (int read = plain.read(buffer); read > 0; read = plain.read(buffer)) {
            int found = end.find(buffer, 0, read);
            if (found >= 0) {
                return passed + found;
            }
            passed += read;
            if (passed - offset > limits.passedBytes()) {
                throw Framer.endless(offset, limits);
            }
        }
        return passed;
    }
}
