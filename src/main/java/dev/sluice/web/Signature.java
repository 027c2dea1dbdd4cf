package dev.sluice.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a route takes and answers.
 *
 * @param query the parameters of its query
 * @param body what its body is made of, if it takes one
 * @param status of what it answers when all went well
 * @param reply what that is made of, a type and its parameters; nothing if it is a file
 * @param problems what it may be refused for beside what every route of its kind is
 */
record Signature(
        List<QueryParameter> query,
        Optional<Class<?>> body,
        int status,
        List<Class<?>> reply,
        List<Problem.Kind> problems) {

    Signature {
        query = List.copyOf(query);
        reply = List.copyOf(reply);
        problems = List.copyOf(problems);
    }

    /** Answers files of the page. */
    static Signature file() {
        return new Signature(List.of(), Optional.empty(), 200, List.of(), List.of());
    }

    /** Answers one thing. */
    static Signature one(Class<?> reply, QueryParameter... query) {
        return new Signature(List.of(query), Optional.empty(), 200, List.of(reply), List.of());
    }

    /** Answers a list, page by page. */
    static Signature page(Class<?> item, QueryParameter... query) {
        List<QueryParameter> all = Stream.concat(Stream.of(query), Stream.of(Paging.CURSOR, Paging.LIMIT))
                .toList();
        return new Signature(all, Optional.empty(), 200, List.of(Paging.Page.class, item), List.of());
    }

    /** Answers a list of all there is. */
    static Signature all(Class<?> item) {
        return new Signature(List.of(), Optional.empty(), 200, List.of(Paging.Page.class, item), List.of());
    }

    Signature taking(Class<?> body) {
        return new Signature(query, Optional.of(body), status, reply, problems);
    }

    /** Does later what it is asked for. */
    Signature later() {
        return new Signature(query, body, 202, reply, problems);
    }

    Signature or(Problem.Kind problem) {
        return new Signature(query, body, status, reply, List.of(problem));
    }
}
