package dev.sluice.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Between the local server and the routes. */
final class ServerAdapter {

    /** API Gateway takes no larger body either (Amazon API Gateway Developer Guide, "Quotas"). */
    private static final int LONGEST_BODY = 10 * 1024 * 1024;

    private final Routes routes;
    private final Replies replies;

    ServerAdapter(Routes routes, Replies replies) {
        this.routes = routes;
        this.replies = replies;
    }

    ServerResponse answer(ServerRequest request) throws IOException {
        byte[] body = request.servletRequest().getInputStream().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            return reply(replies.problem(Problem.tooLarge("The body is over %d bytes.".formatted(LONGEST_BODY))));
        }
        return reply(routes.answer(new WebRequest(
                request.method().name(),
                request.servletRequest().getRequestURI(),
                request.servletRequest().getQueryString(),
                headers(request.headers().asHttpHeaders()),
                Map.of(),
                new String(body, StandardCharsets.UTF_8))));
    }

    private static ServerResponse reply(WebResponse response) {
        var reply = ServerResponse.status(response.status());
        response.headers().forEach(reply::header);
        return reply.body(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(HttpHeaders headers) {
        var joined = new HashMap<String, String>();
        headers.forEach((name, values) -> joined.put(name, String.join(",", values)));
        return joined;
    }
}
