package dev.sluice.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request, wherever it came from. As JSON every part but {@code path} may be left out.
 *
 * <p>A route's bean sees path and query in one form, however they were written: each part percent-encoded except for
 * letters, digits and {@code -._~}, the query's names in their order as text, each value of a name in its own order.
 *
 * @param method in capitals
 * @param path percent-encoded, without the query
 * @param query percent-encoded, without the question mark
 * @param headers names in lower case; several values of one are joined by a comma, cookies by a semicolon
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
        var fields = new HeaderFields();
        headers.forEach(fields::add);
        return fields.joined();
    }

    /** The same request with path and query in their one form. */
    public WebRequest canonical() {
        String plain = segments(path).stream().map(PercentEncoding::encode).collect(Collectors.joining("/"));
        return new WebRequest(method, plain, canonical(query), headers, parameters, body);
    }

    private static String canonical(String query) {
        if (query.isEmpty()) {
            return "";
        }
        var values = new TreeMap<String, List<String>>();
        for (String pair : query.split("&", -1)) {
            String name = PercentEncoding.decodeQuery(name(pair));
            String value = PercentEncoding.decodeQuery(value(pair));
            if (!name.isEmpty()) {
                values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        var pairs = new StringJoiner("&");
        values.forEach((name, all) ->
                all.forEach(value -> pairs.add(PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value))));
        return pairs.toString();
    }

    /** The path's parts, decoded: what was encoded as {@code %2F} separates none. */
    static List<String> segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(PercentEncoding::decodePath)
                .toList();
    }

    /**
     * The value of a query parameter, if it is there and not empty. Of several values the last one counts: an
     * Application Load Balancer hands over no other, unless its target group has multi-value headers switched on.
     */
    Optional<String> query(String name) {
        String last = "";
        for (String pair : query.split("&", -1)) {
            if (PercentEncoding.decodeQuery(name(pair)).equals(name)) {
                last = PercentEncoding.decodeQuery(value(pair));
            }
        }
        return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }

    /** The query without parameters of these names. */
    String queryWithout(String... names) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> Arrays.stream(names).noneMatch(PercentEncoding.decodeQuery(name(pair))::equals))
                .collect(Collectors.joining("&"));
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }

    private static String value(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(equals + 1);
    }

    /** A header's value; empty if it was not sent. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** A part of the path. */
    String parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> Problem.badRequest("The path parameter '%s' is missing.".formatted(name)));
    }

    WebRequest with(Map<String, String> found) {
        return new WebRequest(method, path, query, headers, found, body);
    }

    /** The same request without the token, which no bean has to see. */
    WebRequest withoutToken() {
        var others = new TreeMap<>(headers);
        others.remove("authorization");
        return new WebRequest(method, path, query, others, parameters, body);
    }

    WebRequest as(String otherMethod) {
        return new WebRequest(otherMethod, path, query, headers, parameters, body);
    }

    WebRequest at(String otherPath) {
        return new WebRequest(method, otherPath, query, headers, parameters, body);
    }
}
