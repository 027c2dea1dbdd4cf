package dev.sluice.web;

import dev.sluice.access.Role;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the route table.
 *
 * @param parts the path's, literal or {@code {name}}
 * @param bean the bean that answers
 * @param role who may use it
 * @param signature what it takes and answers
 */
record Route(String method, List<String> parts, String bean, Role role, Signature signature) {

    Route {
        Objects.requireNonNull(role, "A route says who may use it.");
    }

    Route(String method, String path, String bean, Role role, Signature signature) {
        this(method, List.of(path.split("/", -1)), bean, role, signature);
    }

    /** The names of the path's parts that have one. */
    List<String> parameters() {
        return parts.stream().filter(Route::isNamed).map(Route::name).toList();
    }

    private static boolean isNamed(String part) {
        return part.startsWith("{");
    }

    private static String name(String part) {
        return part.substring(1, part.length() - 1);
    }

    /** The problems that its caller has to expect, one of each status. */
    List<Problem.Kind> problems() {
        var kinds = EnumSet.of(Problem.Kind.BAD_REQUEST, Problem.Kind.TOO_LARGE, Problem.Kind.INTERNAL);
        if (role != Role.OPEN) {
            kinds.addAll(Set.of(Problem.Kind.UNAUTHORIZED, Problem.Kind.FORBIDDEN, Problem.Kind.UNAVAILABLE));
        }
        if (!parameters().isEmpty()) {
            kinds.add(Problem.Kind.NOT_FOUND);
        }
        if (signature.body().isPresent()) {
            kinds.addAll(Set.of(Problem.Kind.UNSUPPORTED_TYPE, Problem.Kind.UNPROCESSABLE));
        }
        kinds.addAll(signature.problems());
        return List.copyOf(kinds);
    }

    /** The path's named parts, if that path is this route's. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != parts.size()) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (isNamed(part)) {
                parameters.put(name(part), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return parameters.containsValue("") ? Optional.empty() : Optional.of(parameters);
    }
}
