package dev.sluice.web;

import dev.sluice.value.Json;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out of the routes. */
final class Replies {

    /** Kept by the browser of whoever asked, and not shown again before this service was asked. */
    private static final Map<String, String> READ =
            Map.of("content-type", "application/json", "cache-control", "private, no-cache");

    private static final Map<String, String> DONE =
            Map.of("content-type", "application/json", "cache-control", "no-store");

    /** With or without parameters, of which none changes what JSON is (RFC 8259, 11). */
    private static final Pattern JSON_TYPE =
            Pattern.compile("\\s*application/([a-z0-9!#$&^_.-]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private final JsonMapper mapper;

    Replies(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** What a read found. */
    WebResponse json(Object body) {
        return new WebResponse(200, READ, mapper.writeValueAsString(body));
    }

    /** What was done. */
    WebResponse done(Object body) {
        return new WebResponse(200, DONE, mapper.writeValueAsString(body));
    }

    /** What was asked for will be done later. */
    WebResponse accepted(Object body) {
        return new WebResponse(202, DONE, mapper.writeValueAsString(body));
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
                                "cache-control", "no-store"),
                        mapper.writeValueAsString(details))
                .with(problem.headers());
    }

    /** A body's JSON. Its content type may be left out, but not be another. */
    <T> T body(WebRequest request, Class<T> type) {
        String contentType = request.header("content-type");
        if (!contentType.isEmpty() && !JSON_TYPE.matcher(contentType).matches()) {
            throw Problem.unsupported("The body has to be application/json.");
        }
        if (request.body().isBlank()) {
            throw Problem.badRequest("The body is missing; it has to be JSON.");
        }
        try {
            T body = mapper.readValue(request.body(), type);
            // JSON's null is valid, and no object.
            if (body != null) {
                return body;
            }
        } catch (StreamReadException _) {
            throw Problem.badRequest("The body is not valid JSON.");
        } catch (JacksonException _) {
            // Said below.
        }
        throw Problem.unprocessable("The body is not the JSON that this route takes.");
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
