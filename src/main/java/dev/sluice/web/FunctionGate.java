package dev.sluice.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.config.RoutingFunction;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Stands in front of Spring Cloud Function's web endpoint, {@code POST /functions/{bean}}. Only this machine gets in,
 * only names of beans that are functions, only a JSON object; and the function sees no header of the request, which the endpoint
 * would answer back.
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
            send(response, problem);
        } catch (ServletException | RuntimeException e) {
            send(response, problem(e));
        }
    }

    private byte[] check(HttpServletRequest request) throws IOException {
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress() || isFromAnotherSite(request)) {
            throw Problem.forbidden("Functions are called by name from this machine only.");
        }
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
        return body;
    }

    /** A page of another site, open in a browser on this machine, comes from this machine too. */
    private static boolean isFromAnotherSite(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && !origin.equals("http://" + request.getHeader("Host"));
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
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Problem problem -> {
                    return problem;
                }
                case MessageConversionException _, JacksonException _, ClassCastException _ -> {
                    LOG.debug("A function's input was not bound.", e);
                    return Problem.badRequest("The body is JSON, but not what this function takes.");
                }
                default -> {}
            }
        }
        LOG.error("A function that was called by name failed.", e);
        Throwable root = e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
        return Problem.functionFailed(root);
    }

    private void send(HttpServletResponse response, Problem problem) throws IOException {
        WebResponse reply = replies.problem(problem);
        response.reset();
        response.setStatus(reply.status());
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            response.setHeader(header.getKey(), header.getValue());
        }
        response.getOutputStream().write(reply.body().getBytes(StandardCharsets.UTF_8));
    }
}
