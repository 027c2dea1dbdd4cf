package dev.sluice.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the route table.
 *
 * @param path its parts are literal or {@code {name}}
 * @param bean the bean that answers
 */
record Route(String method, String path, String bean) {

    /** The path's named parts, decoded, if that path is this route's. */
    Optional<Map<String, String>> match(String requestPath) {
        List<String> expected = List.of(path.split("/", -1));
        List<String> parts = List.of(requestPath.split("/", -1));
        if (parts.size() != expected.size()) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < parts.size(); i++) {
            String name = expected.get(i);
            String part = decode(parts.get(i));
            if (name.startsWith("{")) {
                parameters.put(name.substring(1, name.length() - 1), part);
            } else if (!name.equals(part)) {
                return Optional.empty();
            }
        }
        return parameters.containsValue("") ? Optional.empty() : Optional.of(parameters);
    }

    private static String decode(String part) {
        try {
            // Of a path only percent-encoding is decoded; a plus is a plus.
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.badRequest("The path is not percent-encoded correctly.");
        }
    }
}
