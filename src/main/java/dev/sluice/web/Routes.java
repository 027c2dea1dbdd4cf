package dev.sluice.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one route table: every request, on Lambda and locally, is answered through it. */
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

    Routes(Map<String, Function<WebRequest, WebResponse>> beans, Replies replies) {
        this.beans = beans;
        this.replies = replies;
        for (Route route : TABLE) {
            bean(route);
        }
    }

    /** Answers the request; a request that cannot be answered gets a problem, never an exception. */
    public WebResponse answer(WebRequest request) {
        try {
            return route(request);
        } catch (Problem problem) {
            return replies.problem(problem);
        } catch (RuntimeException e) {
            LOG.error("A request of {} could not be answered.", request.method(), e);
            return replies.problem(Problem.internal());
        }
    }

    private WebResponse route(WebRequest request) {
        for (Route route : TABLE) {
            if (route.method().equals(request.method())) {
                Optional<Map<String, String>> parameters = route.match(request.path());
                if (parameters.isPresent()) {
                    return bean(route).apply(request.with(parameters.get()));
                }
            }
        }
        String allowed = TABLE.stream()
                .filter(route -> route.match(request.path()).isPresent())
                .map(Route::method)
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            throw Problem.notFound("There is nothing at this path.");
        }
        WebResponse problem = replies.problem(Problem.methodNotAllowed("This path takes " + allowed + "."));
        Map<String, String> headers = new TreeMap<>(problem.headers());
        headers.put("allow", allowed);
        return new WebResponse(problem.status(), headers, problem.body());
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
