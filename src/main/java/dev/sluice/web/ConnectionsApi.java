package dev.sluice.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What API Gateway's management API is on AWS, for this machine's own programs only: {@code POST} sends a message to a
 * connection, {@code DELETE} closes it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     connections commands in your backend service</a>
 */
final class ConnectionsApi extends OncePerRequestFilter {

    static final String PATH = "/@connections/";

    private final LiveSocket socket;

    ConnectionsApi(LiveSocket socket) {
        this.socket = socket;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        // A browser's page has an origin, and no business here.
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                || request.getHeader("Origin") != null) {
            refuse(response, 403, "ForbiddenException");
            return;
        }
        String path = request.getRequestURI();
        String id = path.length() < PATH.length() ? "" : PercentEncoding.decodePath(path.substring(PATH.length()));
        Optional<LiveClient> client = socket.client(id);
        byte[] message = request.getInputStream().readNBytes(LiveClient.MOST_BYTES + 1);
        if (message.length > LiveClient.MOST_BYTES) {
            refuse(response, 413, "PayloadTooLargeException");
        } else if (client.isEmpty()) {
            refuse(response, 410, "GoneException");
        } else {
            answer(request.getMethod(), client.get(), message, response);
        }
    }

    private static void answer(String method, LiveClient client, byte[] message, HttpServletResponse response)
            throws IOException {
        switch (method) {
            case "POST" -> {
                try {
                    client.send(new String(message, StandardCharsets.UTF_8));
                } catch (LiveClient.BusyException _) {
                    refuse(response, 429, "LimitExceededException");
                } catch (IOException | IllegalStateException _) {
                    refuse(response, 410, "GoneException");
                }
            }
            case "DELETE" -> {
                client.close();
                response.setStatus(204);
            }
            default -> refuse(response, 405, "MethodNotAllowedException");
        }
    }

    private static void refuse(HttpServletResponse response, int status, String type) {
        response.setStatus(status);
        response.setHeader("x-amzn-ErrorType", type);
    }
}
