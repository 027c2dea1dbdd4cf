package dev.sluice.format;

import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.Map;

/** The records of one object, one after the other. Blank lines are no records. */
public interface Records {

    /**
     * Moves to the next record. False at the end.
     *
     * @throws FormatException if it cannot be told where the next record begins
     */
    boolean next() throws IOException, FormatException;

    /** Where the current record begins. */
    Place place();

    /** The current record's bytes without its line break; of a record over the limit only the first of them. */
    byte[] raw();

    /**
     * The current record's fields in their order.
     *
     * @throws RejectedException if this record is bad; the next one can still be read
     */
    Map<String, Value> fields() throws RejectedException;
}
