package dev.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * How an object's plain bytes are cut into records and parsed. Which formats there are nobody else knows: what differs from
 * one to the other is asked here, and {@link FormatOptions} makes them.
 */
public sealed interface Format permits Csv, JsonArray, Lines, Ndjson {

    /** What it is called in settings and by the API; what a tab delimits is tsv, whatever its settings say. */
    String name();

    /** The character set of its texts. */
    Charset charset();

    /** Whether the format itself tells numbers, truth and structure from text. */
    boolean hasTypes();

    /** The columns of every record where they are known before an object is read; else none. */
    List<String> columns();

    /** Whether all records of an object have the same columns. */
    boolean hasSameColumns();

    /** Whether every line break ends a record, so that reading can begin behind any of them. */
    boolean hasPlainLines();

    /**
     * Begins to read.
     *
     * @param plain the decompressed bytes from the object's start
     * @param required the columns that every record must have
     * @throws FormatException if the object as a whole cannot be read, for instance a header without a required column; a format may find that
     *     out at the first record only
     */
    Records open(InputStream plain, List<String> required, RecordLimits limits) throws IOException, FormatException;
}
