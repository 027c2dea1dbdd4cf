package dev.sluice.live;

import java.time.Instant;

/** An open connection, as far as the table knows. */
record Connection(String id, Instant connectedAt, Filter filter) {

    /** Its id is what lets somebody write to it: it never gets into a log by accident. */
    @Override
    public String toString() {
        return "Connection[connectedAt=" + connectedAt + "]";
    }
}
