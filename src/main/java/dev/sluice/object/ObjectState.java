package dev.sluice.object;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an object is on its way. */
public enum ObjectState {
    /** Known, and will be read. Not final. */
    WAITING,
    /** Being read, or read in part. Not final. */
    READING,
    /** Read to its end; bad records of it are counted as rejects. */
    DONE,
    /** Cannot be read, and another try would not change that; the reason says why. */
    FAILED,
    /** Belongs to no feed, or is only a folder's marker. */
    IGNORED,
    /** Was never read, and is no longer there. */
    MISSING,
    /** Was read once, and is no longer there; its rows stay unless the feed wants them removed. */
    REMOVED,
    /** Another version lies there than the notice tells of. What becomes of a notice; no object is in this state. */
    SUPERSEDED;

    /** Whether it was decided what becomes of the object; until then it has to be looked at again. */
    public boolean isFinal() {
        return this != WAITING && this != READING;
    }

    /** Whether a version in this state has been read. */
    boolean isRead() {
        return this == DONE || this == FAILED;
    }

    /** The word for the ledger and the API. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of this word.
     *
     * @throws IllegalArgumentException if there is no such word
     */
    public static ObjectState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
