package dev.sluice.web;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * An open connection of the local server, with the limits that API Gateway has.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
 *     for configuring and running a WebSocket API in API Gateway</a>
 */
final class LiveClient {

    static final int MOST_BYTES = 128 * 1024;
    static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(2);

    private final WebSocketSession session;
    private final Instant opened;

    LiveClient(WebSocketSession session, Instant opened) {
        this.session = session;
        this.opened = opened;
    }

    Instant opened() {
        return opened;
    }

    /**
     * Sends a message, one after the other. The server cuts it into frames of 8 KB.
     *
     * @throws IOException if the connection is closed
     */
    synchronized void send(String text) throws IOException {
        endInTime();
        session.sendMessage(new TextMessage(text));
    }

    void close() throws IOException {
        session.close(CloseStatus.NORMAL);
    }

    /** Whoever says nothing is closed as idle, so it is enough to look whenever something is said. */
    void endInTime() throws IOException {
        if (Instant.now().isAfter(opened.plus(LONGEST))) {
            session.close(CloseStatus.GOING_AWAY);
        }
    }
}
