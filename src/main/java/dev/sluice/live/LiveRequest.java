package dev.sluice.live;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a connection; as JSON {@code {"connection":"<id>"}}, the other parts may be left out.
 *
 * @param connection the connection's id, which nobody but its client and this service knows
 * @param connectedAt when it was made
 * @param ticket what lets a client in that is about to connect; empty if there is none
 * @param body a message's text; empty if there is none
 */
public record LiveRequest(String connection, Optional<Instant> connectedAt, String ticket, String body) {

    public LiveRequest(
            @Nullable String connection,
            Optional<Instant> connectedAt,
            @Nullable String ticket,
            @Nullable String body) {
        if (connection == null || connection.isEmpty()) {
            throw new IllegalArgumentException("connection is missing.");
        }
        this.connection = connection;
        this.connectedAt = connectedAt;
        this.ticket = ticket == null ? "" : ticket;
        this.body = body == null ? "" : body;
    }

    /** Its ticket and what a client sends never get into a log by accident. */
    @Override
    public String toString() {
        return "LiveRequest[" + body.length() + " characters]";
    }
}
