package dev.sluice.live;

/**
 * What is answered. When a connection is being made, a status other than 2xx refuses it; otherwise the client never sees
 * the status, and the body only where the route has a response.
 *
 * @param status as of HTTP
 * @param body JSON; empty if there is none
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html">Set
 *     up route responses for WebSocket APIs in API Gateway</a>
 */
public record LiveReply(int status, String body) {

    static final LiveReply DONE = new LiveReply(200, "");
    static final LiveReply UNAUTHORIZED = new LiveReply(401, "");
}
