package dev.sluice.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Type;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.context.config.RoutingFunction;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Stands in front of Spring Cloud Function's web endpoint, {@code POST /functions/{bean}}. Only names of beans that are
 * functions get through, only a JSON object that their input can be made of, and no header of the request, which the
 * endpoint would answer back.
 */
final class FunctionGate extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionGate.class);

    /** The largest event of a synchronous call (AWS Lambda Developer Guide, "Lambda quotas"). */
    private static final int LONGEST_EVENT = 6 * 1024 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private final FunctionCatalog catalog;
    private final Replies replies;

    FunctionGate(FunctionCatalog catalog, Replies replies) {
        this.catalog = catalog;
        this.replies = replies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try {
            chain.doFilter(new FunctionCall(request, check(request)), response);
        } catch (Problem problem) {
            LocalGate.send(replies.problem(problem), response);
        } catch (ServletException | RuntimeException e) {
            LocalGate.send(replies.problem(problem(e)), response);
        }
    }

    private byte[] check(HttpServletRequest request) throws IOException {
        String path = request.getRequestURI();
        String name = path.length() > ServerConfiguration.FUNCTIONS.length()
                ? path.substring(ServerConfiguration.FUNCTIONS.length())
                : "";
        // The router would let a header choose the bean.
        if (!catalog.getNames(null).contains(name) || name.equals(RoutingFunction.FUNCTION_NAME)) {
            throw Problem.notFound("No function has this name.");
        }
        if (!request.getMethod().equals("POST")) {
            throw Problem.methodNotAllowed("Functions are called with POST.");
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST_EVENT + 1);
        if (body.length > LONGEST_EVENT) {
            throw Problem.tooLarge("The body is over %d bytes.".formatted(LONGEST_EVENT));
        }
        checkJson(body);
        FunctionInvocationWrapper function = catalog.lookup(name);
        Type input = function.getInputType();
        // The door takes any event's bytes and looks for itself.
        if (!FunctionTypeUtils.isMessage(input) && !replies.fits(body, input)) {
            throw Problem.badRequest("The body is JSON, but not what this function takes.");
        }
        return body;
    }

    private static void checkJson(byte[] body) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                json.skipChildren();
                if (json.nextToken() == null) {
                    return;
                }
            }
        } catch (JacksonException _) {
            // Said below.
        }
        throw Problem.badRequest("The body is not a JSON object.");
    }

    private static Problem problem(Exception e) {
        Throwable cause = e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof Problem problem) {
            return problem;
        }
        LOG.error("A function that was called by name failed.", cause);
        return Problem.functionFailed(cause);
    }
}
