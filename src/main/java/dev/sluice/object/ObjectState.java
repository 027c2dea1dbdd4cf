package dev.sluice.object;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an object is on its way. */
public enum ObjectState {
    /** Being read. The only state here that is not final. */
    READING,
    /** Read to its end; bad records of it are counted as rejects. */
    DONE,
    /** Cannot be read, and another try would not change that; the reason says why. */
    FAILED,
    /** Belongs to no feed, or is only a folder's marker. */
    IGNORED,
    /** Was never read, and is no longer there. */
    MISSING,
    /** Was read once, and is no longer there; its rows stay. */
    REMOVED;

    /** The word for the ledger and the API. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ObjectState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
