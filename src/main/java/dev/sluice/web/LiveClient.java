package dev.sluice.web;

import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

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

    /** How long a message waits for a client that does not read; then Tomcat closes the connection. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(3);

    /** How long a message waits for the one before. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

    /** Apache Tomcat 11, "WebSocket How-To". */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final WebSocketSession session;
    private final Instant opened;
    private final ReentrantLock sending = new ReentrantLock();

    /** A message before has not been taken yet. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("The client has not taken the message before.");
        }
    }

    LiveClient(WebSocketSession session, Instant opened) {
        this.session = session;
        this.opened = opened;
        if (session instanceof NativeWebSocketSession ofSpring) {
            Session ofTomcat = ofSpring.getNativeSession(Session.class);
            if (ofTomcat != null) {
                ofTomcat.getUserProperties().put(SEND_TIMEOUT, LONGEST_SEND.toMillis());
            }
        }
    }

    Instant opened() {
        return opened;
    }

    /**
     * Sends a message, one after the other. The server cuts it into frames of 8 KB.
     *
     * @throws BusyException if the one before has not been taken for a while
     * @throws IOException if the connection is closed
     */
    void send(String text) throws IOException {
        if (!isTurn()) {
            throw new BusyException();
        }
        try {
            endInTime();
            session.sendMessage(new TextMessage(text));
        } finally {
            sending.unlock();
        }
    }

    private boolean isTurn() {
        try {
            return sending.tryLock(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
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
