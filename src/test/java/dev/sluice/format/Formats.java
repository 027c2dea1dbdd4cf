package dev.sluice.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Formats for the tests of other rooms, which do not know them one by one. */
public final class Formats {

    private Formats() {}

    public static Format csv(char delimiter) {
        return new Csv(delimiter);
    }

    /** Without quotes. */
    public static Format plainTsv(Charset charset) {
        return new Csv('\t', Optional.empty(), Optional.empty(), Optional.empty(), List.of(), charset);
    }

    public static Format csvWithoutNewlinesInQuotes() {
        return new Csv(
                ',', Optional.of('"'), Optional.empty(), Optional.empty(), List.of(), false, StandardCharsets.UTF_8);
    }

    public static Format ndjson() {
        return new Ndjson();
    }

    public static Format jsonArray() {
        return new JsonArray();
    }

    public static Format lines(String column) {
        return new Lines(column, StandardCharsets.UTF_8);
    }
}
