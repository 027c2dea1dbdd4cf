package dev.sluice.format;

import java.util.Optional;

/**
 * Where a record begins.
 *
 * @param offset bytes from the start of the decompressed object; where records do not lie one behind the other, how many
 *     come before it
 * @param line the first is 1
 * @param pointer where the format has one: a JSON pointer (RFC 6901) from the object's root, for instance {@code /17}
 */
public record Place(long offset, long line, Optional<String> pointer) {

    /** The start of an object. */
    public static final Place START = new Place(0, 1);

    /** A place that only bytes and lines tell. */
    public Place(long offset, long line) {
        this(offset, line, Optional.empty());
    }
}
