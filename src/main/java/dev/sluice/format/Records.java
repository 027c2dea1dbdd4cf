package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The records of one object, one after the other. Blank lines are no records. */
public interface Records {

    /**
     * Moves to the next record. False at the end.
     *
     * @throws FormatException if it cannot be told where the next record begins
     */
    boolean next() throws IOException, FormatException;

    /**
     * Whether the current record has taken in all that follows, since what it opens is never closed: then {@link #next()}
     * fails. Reading that pauses here and goes on would not know that.
     */
    default boolean isOpen() {
        return false;
    }

    /** Where the current record begins. */
    Place place();

    /** Where the next record begins, or something before it that is none. */
    Place end();

    /** How to read on from a record's start without what lies before it; empty where that cannot be. */
    Optional<Continuation> continuation();

    /** Reads on from a record's start. */
    interface Continuation {

        /**
         * Begins to read there.
         *
         * @param plain the decompressed bytes from that place on
         */
        Records from(Place at, InputStream plain);
    }

    /**
     * The current record's bytes as they lie in the decompressed object, without the line break. Of a record over the
     * limit the first 4 KB.
     */
    byte[] raw();

    /** How many bytes a record over the limit has, of which {@link #raw()} holds the first. */
    default long bytes() {
        return end().offset() - place().offset();
    }

    /**
     * The current record's fields in their order; the map is the caller's to change.
     *
     * @throws RejectedException if this record is bad; the next one can still be read. It names the column at fault
     *     where the parser knows it
     */
    Map<String, Value> fields() throws RejectedException;

    /**
     * Which bytes of {@link #raw()} are at fault in a record that was rejected, here or later; empty where they are none in
     * particular.
     *
     * @param column which columns are at fault; of several it is the one with the longest value
     */
    Optional<Span> fault(RejectReason reason, Predicate<String> column);
}
