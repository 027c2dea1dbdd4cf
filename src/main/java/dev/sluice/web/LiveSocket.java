package dev.sluice.web;

import dev.sluice.live.LiveReply;
import dev.sluice.live.LiveRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * What API Gateway is on AWS: calls a bean when a client connects, sends a message and leaves, and gives the second one's
 * answer back, as a route with a response does. As there, a connection is open only once the first has let it in.
 */
final class LiveSocket extends TextWebSocketHandler implements HandshakeInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    private static final String CONNECTION = "sluice.connection";

    /** What API Gateway tells of an integration that fails. */
    private static final String FAILED = "{\"message\":\"Internal server error\"}";

    private final Function<LiveRequest, LiveReply> connect;
    private final Function<LiveRequest, LiveReply> message;
    private final Function<LiveRequest, LiveReply> disconnect;
    private final Map<String, LiveClient> clients = new ConcurrentHashMap<>();

    LiveSocket(
            Function<LiveRequest, LiveReply> connect,
            Function<LiveRequest, LiveReply> message,
            Function<LiveRequest, LiveReply> disconnect) {
        this.connect = connect;
        this.message = message;
        this.disconnect = disconnect;
    }

    /** The client of an open connection. */
    Optional<LiveClient> client(String connection) {
        return Optional.ofNullable(clients.get(connection));
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        String connection = UUID.randomUUID().toString();
        attributes.put(CONNECTION, connection);
        LiveReply reply = connect.apply(new LiveRequest(connection, Optional.of(Instant.now()), ticket(request), ""));
        boolean in = HttpStatusCode.valueOf(reply.status()).is2xxSuccessful();
        if (!in) {
            response.setStatusCode(HttpStatusCode.valueOf(reply.status()));
        }
        return in;
    }

    private static String ticket(ServerHttpRequest request) {
        String query = request.getURI().getRawQuery();
        return new WebRequest("GET", "/", query, Map.of(), Map.of(), "")
                .query("ticket")
                .orElse("");
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {}

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        clients.put(connection(session), new LiveClient(session, Instant.now()));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage text) throws IOException {
        LiveClient client = client(connection(session)).orElseThrow();
        client.endInTime();
        String answer =
                answer(new LiveRequest(connection(session), Optional.of(client.opened()), "", text.getPayload()));
        if (!answer.isEmpty()) {
            client.send(answer);
        }
    }

    private String answer(LiveRequest request) {
        try {
            return message.apply(request).body();
        } catch (RuntimeException e) {
            LOG.error("A message of a connection could not be dealt with.", e);
            return FAILED;
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        clients.remove(connection(session));
        try {
            LiveReply _ = disconnect.apply(new LiveRequest(connection(session), Optional.empty(), "", ""));
        } catch (RuntimeException e) {
            LOG.warn(
                    "A connection that is closed could not be removed: {}",
                    e.getClass().getSimpleName());
        }
    }

    private static String connection(WebSocketSession session) {
        return String.valueOf(session.getAttributes().get(CONNECTION));
    }
}
