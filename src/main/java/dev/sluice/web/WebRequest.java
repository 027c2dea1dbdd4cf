package dev.sluice.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request, wherever it came from. As JSON every part but {@code path} may be left out.
 *
 * @param method in capitals
 * @param path as it was sent, still percent-encoded, without the query
 * @param query as it was sent, still percent-encoded, without the question mark
 * @param headers names in lower case; several values of one are joined by a comma
 * @param parameters the decoded parts of the path that the route names
 * @param body text; empty if there is none
 */
public record WebRequest(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        Map<String, String> parameters,
        String body) {

    public WebRequest(
            @Nullable String method,
            @Nullable String path,
            @Nullable String query,
            @Nullable Map<String, String> headers,
            @Nullable Map<String, String> parameters,
            @Nullable String body) {
        this.method = method == null ? "GET" : method.toUpperCase(Locale.ROOT);
        this.path = path == null ? "/" : path;
        this.query = query == null ? "" : query;
        this.headers = headers == null ? Map.of() : lowerCase(headers);
        this.parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        this.body = body == null ? "" : body;
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b));
        return Map.copyOf(lower);
    }

    /** The first value of a query parameter, if it is there and not empty. */
    Optional<String> query(String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decode(pair.substring(equals + 1))).filter(value -> !value.isEmpty());
            }
        }
        return Optional.empty();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.badRequest("The query is not percent-encoded correctly.");
        }
    }

    /** A part of the path. */
    String parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> Problem.badRequest("The path parameter '%s' is missing.".formatted(name)));
    }

    WebRequest with(Map<String, String> found) {
        return new WebRequest(method, path, query, headers, found, body);
    }
}
