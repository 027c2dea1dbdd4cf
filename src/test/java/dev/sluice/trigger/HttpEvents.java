package dev.sluice.trigger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One request as AWS would put it into JSON: by the pages that the events' README names, fields that nobody reads left out. */
public enum HttpEvents {
    REST,
    HTTP_API_1,
    HTTP_API_2,
    FUNCTION_URL,
    ALB,
    ALB_MANY;

    /** A request as it goes over the wire. */
    public record Sent(
            String method, String path, String query, List<Map.Entry<String, String>> headers, String body) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Whether an escaped slash gets through. */
    public boolean keepsPath() {
        return this != HTTP_API_1 && this != HTTP_API_2;
    }

    /** Whether more than the last value of a name gets through. */
    public boolean keepsRepetition() {
        return this != ALB;
    }

    /** The event, with the body in base64 or not. */
    public String of(Sent sent, boolean base64) {
        ObjectNode event = JSON.createObjectNode();
        Map<String, List<String>> headers = grouped(sent.headers());
        Map<String, List<String>> query = grouped(pairs(sent.query(), this == ALB || this == ALB_MANY));
        ObjectNode context = event.putObject("requestContext");
        switch (this) {
            case HTTP_API_2, FUNCTION_URL -> {
                event.put("version", "2.0").put("routeKey", "$default");
                event.put("rawPath", this == FUNCTION_URL ? sent.path() : "/dev" + decoded(sent.path()));
                event.put("rawQueryString", sent.query());
                ObjectNode joined = event.putObject("headers");
                headers.forEach((name, values) -> {
                    if (name.equals("cookie")) {
                        var cookies = event.putArray("cookies");
                        values.forEach(value -> List.of(value.split("; ", -1)).forEach(cookies::add));
                    } else {
                        joined.put(name, String.join(",", values));
                    }
                });
                context.put("stage", this == FUNCTION_URL ? "$default" : "dev")
                        .put("domainName", this == FUNCTION_URL ? "a.lambda-url.us-east-1.on.aws" : "api.example.com")
                        .putObject("http")
                        .put("method", sent.method());
            }
            case REST, HTTP_API_1 -> {
                if (this == HTTP_API_1) {
                    event.put("version", "1.0");
                }
                event.put("resource", "/{proxy+}").put("httpMethod", sent.method());
                event.put("path", this == REST ? sent.path() : "/dev" + decoded(sent.path()));
                last(event, "headers", headers);
                all(event, "multiValueHeaders", headers);
                last(event, "queryStringParameters", query);
                all(event, "multiValueQueryStringParameters", query);
                context.put("stage", "dev");
            }
            case ALB, ALB_MANY -> {
                event.put("httpMethod", sent.method()).put("path", sent.path());
                context.putObject("elb").put("targetGroupArn", "arn");
                if (this == ALB) {
                    last(event, "headers", headers);
                    last(event, "queryStringParameters", query);
                } else {
                    all(event, "multiValueHeaders", headers);
                    all(event, "multiValueQueryStringParameters", query);
                }
            }
        }
        event.put(
                "body",
                base64
                        ? Base64.getEncoder().encodeToString(sent.body().getBytes(StandardCharsets.UTF_8))
                        : sent.body());
        event.put("isBase64Encoded", base64);
        return event.toString();
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static List<Map.Entry<String, String>> pairs(String query, boolean asSent) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.add(
                    asSent
                            ? Map.entry(name, value)
                            : Map.entry(
                                    URLDecoder.decode(name, StandardCharsets.UTF_8),
                                    URLDecoder.decode(value, StandardCharsets.UTF_8)));
        }
        return pairs;
    }

    private static Map<String, List<String>> grouped(List<Map.Entry<String, String>> pairs) {
        var grouped = new LinkedHashMap<String, List<String>>();
        pairs.forEach(pair ->
                grouped.computeIfAbsent(pair.getKey(), _ -> new ArrayList<>()).add(pair.getValue()));
        return grouped;
    }

    private static void last(ObjectNode event, String field, Map<String, List<String>> values) {
        ObjectNode object = event.putObject(field);
        values.forEach((name, all) -> object.put(name, all.getLast()));
    }

    private static void all(ObjectNode event, String field, Map<String, List<String>> values) {
        ObjectNode object = event.putObject(field);
        values.forEach((name, all) -> {
            var array = object.putArray(name);
            all.forEach(array::add);
        });
    }
}
