package dev.sluice.web;

import dev.sluice.value.Json;
import java.lang.reflect.Type;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out of the routes. */
final class Replies {

    private static final Map<String, String> JSON = Map.of(
            "content-type", "application/json", "cache-control", "no-store", "x-content-type-options", "nosniff");

    private final JsonMapper mapper;

    Replies(JsonMapper mapper) {
        this.mapper = mapper;
    }

    WebResponse json(Object body) {
        return new WebResponse(200, JSON, mapper.writeValueAsString(body));
    }

    /** What was asked for will be done later. */
    WebResponse accepted(Object body) {
        return new WebResponse(202, JSON, mapper.writeValueAsString(body));
    }

    /** A part of a reply that is written ahead. */
    Json text(Object part) {
        return Json.of(mapper.writeValueAsBytes(part));
    }

    WebResponse problem(Problem problem) {
        var details = problem.details();
        return new WebResponse(
                details.status(),
                Map.of(
                        "content-type", "application/problem+json",
                        "cache-control", "no-store",
                        "x-content-type-options", "nosniff"),
                mapper.writeValueAsString(details));
    }

    <T> T body(WebRequest request, Class<T> type) {
        try {
            T body = mapper.readValue(request.body(), type);
            // JSON's null is valid, and no object.
            if (body != null) {
                return body;
            }
        } catch (JacksonException _) {
            // Said below.
        }
        throw Problem.badRequest("The body is not the JSON that this route takes.");
    }

    /** Whether a body can be bound to the type. */
    boolean fits(byte[] body, Type type) {
        try {
            return mapper.readValue(body, mapper.constructType(type)) != null;
        } catch (JacksonException _) {
            return false;
        }
    }
}
