package dev.sluice.row;

import dev.sluice.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * One record of an object, as it stands in the rows table.
 *
 * @param data the fields under their names
 * @param source where the row came from; it is no part of what the row says
 */
public record Row(RowKey key, Map<String, Value> data, Source source) {

    /**
     * Where a row came from.
     *
     * @param object bucket and key, with a slash between them
     * @param version the object's versionId, or its eTag in a bucket without versions
     * @param line the record's line, the first is 1
     * @param offset the record's first byte in the decompressed object
     * @param linesFrom the byte from which lines were counted; none if from the object's first
     */
    public record Source(String object, String version, long line, long offset, Optional<Long> linesFrom) {

        /** A record of an object whose lines were counted from its first byte. */
        public Source(String object, String version, long line, long offset) {
            this(object, version, line, offset, Optional.empty());
        }
    }
}
