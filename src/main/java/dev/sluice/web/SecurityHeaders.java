package dev.sluice.web;

import java.util.HashMap;
import java.util.Map;

/** What every reply tells a browser, unless it says something else itself: it is no page, and no part of one. */
final class SecurityHeaders {

    /** By which scheme the client came, as whoever is in front of the function says; AWS's services always do. */
    static final String SCHEME = "x-forwarded-proto";

    static final Map<String, String> ALWAYS = Map.of(
            "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
            "referrer-policy", "no-referrer",
            "x-content-type-options", "nosniff");

    /** A year, as RFC 6797 has it in its examples; over plain HTTP browsers ignore it, so it is not said there. */
    private static final Map<String, String> BY_HTTPS = Map.of("strict-transport-security", "max-age=31536000");

    private SecurityHeaders() {}

    static WebResponse on(WebRequest request, WebResponse reply) {
        var headers = new HashMap<>(ALWAYS);
        if (request.header(SCHEME).equalsIgnoreCase("https")) {
            headers.putAll(BY_HTTPS);
        }
        headers.putAll(reply.headers());
        return reply.with(headers);
    }
}
