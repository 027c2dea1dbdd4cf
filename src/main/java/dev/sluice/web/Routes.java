package dev.sluice.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one route table, and the one place that knows HTTP's rules: every request, on Lambda and locally, is answered
 * through it.
 */
public final class Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    static final List<Route> TABLE = List.of(
            new Route("GET", "/", "showPage"),
            new Route("GET", "/page/{file}", "showPage"),
            new Route("GET", "/api/health", "health"),
            new Route("GET", "/api/feeds", "listFeeds"),
            new Route("GET", "/api/objects", "listObjects"),
            new Route("POST", "/api/objects", "uploadObject"),
            new Route("GET", "/api/objects/{id}", "showObject"),
            new Route("POST", "/api/objects/{id}/replay", "replayObject"),
            new Route("GET", "/api/objects/{id}/rejects", "listRejects"),
            new Route("GET", "/api/feeds/{feed}/rows", "listRows"),
            new Route("GET", "/api/feeds/{feed}/rows/{key}", "showRow"),
            new Route("GET", "/api/letters", "listLetters"),
            new Route("GET", "/api/letters/{id}", "showLetter"),
            new Route("DELETE", "/api/letters/{id}", "discardLetter"),
            new Route("POST", "/api/letters/{id}/redrive", "redriveLetter"));

    private final Map<String, Function<WebRequest, WebResponse>> beans;
    private final Replies replies;
    private final HttpSettings settings;
    private final Cors cors;

    Routes(Map<String, Function<WebRequest, WebResponse>> beans, Replies replies, HttpSettings settings, Cors cors) {
        this.beans = beans;
        this.replies = replies;
        this.settings = settings;
        this.cors = cors;
        for (Route route : TABLE) {
            bean(route);
        }
    }

    /**
     * Answers the request; a request that cannot be answered gets a problem, never an exception.
     *
     * @param mostBytes of the reply's body as a string in JSON
     */
    public WebResponse answer(WebRequest request, int mostBytes) {
        WebResponse reply = fitting(routed(request), mostBytes);
        WebResponse open = cors.answered(request, reply);
        return request.method().equals("HEAD") ? open.withoutBody() : open;
    }

    private WebResponse routed(WebRequest request) {
        try {
            return route(request.canonical());
        } catch (Problem problem) {
            return replies.problem(problem);
        } catch (RuntimeException e) {
            LOG.error("A request of {} could not be answered.", request.method(), e);
            return replies.problem(Problem.internal());
        }
    }

    private WebResponse route(WebRequest request) {
        List<String> path = WebRequest.segments(settings.withoutBase(request.path()));
        List<Route> here =
                TABLE.stream().filter(route -> route.match(path).isPresent()).toList();
        if (here.isEmpty()) {
            throw Problem.notFound("There is nothing at this path.");
        }
        String allowed = allowed(here);
        if (request.method().equals("OPTIONS")) {
            return new WebResponse(204, Map.of("allow", allowed), "");
        }
        // HEAD is GET without a body (RFC 9110, 9.3.2).
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        Route route = here.stream()
                .filter(one -> one.method().equals(method))
                .findFirst()
                .orElse(null);
        if (route == null) {
            return replies.problem(Problem.methodNotAllowed("This path takes " + allowed + "."))
                    .with(Map.of("allow", allowed));
        }
        if (request.body().getBytes(StandardCharsets.UTF_8).length > settings.bodyBytes()) {
            throw Problem.tooLarge("The body is over %d bytes.".formatted(settings.bodyBytes()));
        }
        Map<String, String> parameters = route.match(path).orElseThrow();
        WebResponse reply = bean(route).apply(request.as(method).with(parameters));
        return method.equals("GET") && reply.status() == 200 ? ETag.validated(request, reply) : reply;
    }

    private static String allowed(List<Route> here) {
        var methods = new LinkedHashSet<String>();
        for (Route route : here) {
            methods.add(route.method());
            if (route.method().equals("GET")) {
                methods.add("HEAD");
            }
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private WebResponse fitting(WebResponse reply, int mostBytes) {
        return reply.bytesInJson() <= mostBytes
                ? reply
                : replies.problem(Problem.replyTooLarge(
                        "The answer is over the %d bytes that can be sent; ask for less.".formatted(mostBytes)));
    }

    private Function<WebRequest, WebResponse> bean(Route route) {
        Function<WebRequest, WebResponse> bean = beans.get(route.bean());
        if (bean == null) {
            throw new IllegalStateException(
                    "The route table names the bean '%s', which is not there.".formatted(route.bean()));
        }
        return bean;
    }
}
