package dev.sluice.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the route table.
 *
 * @param parts the path's, literal or {@code {name}}
 * @param bean the bean that answers
 */
record Route(String method, List<String> parts, String bean) {

    Route(String method, String path, String bean) {
        this(method, List.of(path.split("/", -1)), bean);
    }

    /** The path's named parts, if that path is this route's. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != parts.size()) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < parts.size(); i++) {
            String name = parts.get(i);
            if (name.startsWith("{")) {
                parameters.put(name.substring(1, name.length() - 1), path.get(i));
            } else if (!name.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return parameters.containsValue("") ? Optional.empty() : Optional.of(parameters);
    }
}
