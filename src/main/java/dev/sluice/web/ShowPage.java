package dev.sluice.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** The page's files. */
final class ShowPage implements Function<WebRequest, WebResponse> {

    private static final String START = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            START,
            "text/html;charset=utf-8",
            "sluice.css",
            "text/css;charset=utf-8",
            "sluice.js",
            "text/javascript;charset=utf-8");

    /** Everything from this origin, nothing inline. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public WebResponse apply(WebRequest request) {
        String file = request.parameters().getOrDefault("file", START);
        String type = TYPES.get(file);
        if (type == null) {
            throw Problem.notFound("The page has no such file.");
        }
        return new WebResponse(
                200,
                Map.of(
                        "content-type", type,
                        "cache-control", "no-cache",
                        "content-security-policy", POLICY,
                        "referrer-policy", "no-referrer",
                        "x-content-type-options", "nosniff"),
                read(file));
    }

    private static String read(String file) {
        try (InputStream in = ShowPage.class.getResourceAsStream("/page/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The page's file " + file + " was not packaged.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The page's file " + file + " cannot be read.", e);
        }
    }
}
