package dev.sluice.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Between the local server and the routes. A filter, because Spring's own handlers would answer a preflight before the
 * routes see it.
 */
final class ServerAdapter extends OncePerRequestFilter {

    /** Lambda sends no larger reply (AWS Lambda Developer Guide, "Lambda quotas"), headers and all. */
    private static final int MOST_BYTES = 6 * 1024 * 1024 - 64 * 1024;

    private final Routes routes;
    private final HttpSettings settings;

    ServerAdapter(Routes routes, HttpSettings settings) {
        this.routes = routes;
        this.settings = settings;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (ServerConfiguration.isFunction(request) || SocketConfiguration.isLive(request)) {
            chain.doFilter(request, response);
        } else {
            LocalGate.send(routes.answer(read(request), MOST_BYTES), response);
        }
    }

    private WebRequest read(HttpServletRequest request) throws IOException {
        // One byte too many is enough to be refused.
        byte[] body = request.getInputStream().readNBytes(settings.bodyBytes() + 1);
        return new WebRequest(
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString(),
                headers(request),
                Map.of(),
                new String(body, StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var fields = new HeaderFields();
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> fields.add(name, value));
        }
        if (request.isSecure() && request.getHeader(SecurityHeaders.SCHEME) == null) {
            fields.add(SecurityHeaders.SCHEME, "https");
        }
        return fields.joined();
    }
}
