package dev.sluice.web;

import java.util.HashMap;
import java.util.Map;

/**
 * Which pages of other sites may use the routes, and how a browser is told (WHATWG Fetch, "CORS protocol"): those of the
 * origins in the settings, without cookies. Other origins get the same replies without a word that would let them read.
 */
final class Cors {

    private static final Map<String, String> PREFLIGHT = Map.of(
            "access-control-allow-headers", "authorization, content-type, if-none-match",
            "access-control-max-age", "600");

    private static final Map<String, String> READABLE =
            Map.of("access-control-expose-headers", "etag, www-authenticate");

    private final HttpSettings.Cors settings;

    Cors(HttpSettings.Cors settings) {
        this.settings = settings;
    }

    boolean allows(String origin) {
        return settings.origins().contains(origin);
    }

    /** The reply with what a browser has to know about it. */
    WebResponse answered(WebRequest request, WebResponse reply) {
        if (settings.origins().isEmpty()) {
            return reply;
        }
        var headers = new HashMap<String, String>();
        String origin = request.header("origin");
        if (allows(origin)) {
            headers.put("access-control-allow-origin", origin);
            if (isPreflight(request)) {
                headers.putAll(PREFLIGHT);
                headers.put("access-control-allow-methods", reply.headers().getOrDefault("allow", ""));
            } else {
                headers.putAll(READABLE);
            }
        }
        // Also without an origin: a cache shall not hand this reply to a page that is allowed.
        return reply.with(headers).varying("origin");
    }

    private static boolean isPreflight(WebRequest request) {
        return request.method().equals("OPTIONS")
                && !request.header("access-control-request-method").isEmpty();
    }
}
