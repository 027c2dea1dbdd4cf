package dev.sluice.access;

/** What somebody may use; each role includes the ones before it. */
public enum Role {
    /** Nobody is asked who they are. */
    OPEN,
    /** Sees everything, changes nothing. */
    VIEWER,
    /** Sends files. */
    UPLOADER,
    /** Sends files and letters again, and discards letters. */
    OPERATOR;

    /** Whether who has this role may use what asks for the other. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
