package dev.sluice.web;

import java.util.Map;
import java.util.function.Function;

/**
 * The page's files. Those under their version are kept by browsers for good, so that whoever comes again asks for one
 * file only; the first one is looked at each time.
 */
final class ShowPage implements Function<WebRequest, WebResponse> {

    private static final String KEEP = "public, max-age=31536000, immutable";

    /** Of another version: while a new one is deployed, both answer. */
    private static final String FORGET = "no-store";

    private final PagePolicy policy;
    private final PageFiles files = PageFiles.read();

    ShowPage(PagePolicy policy) {
        this.policy = policy;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        Map<String, String> path = request.parameters();
        String name = path.getOrDefault("file", PageFiles.START);
        String text = files.text(name).orElseThrow(() -> Problem.notFound("The page has no such file."));
        if (name.equals(PageFiles.START)) {
            return response(name, text, Map.of("cache-control", "no-cache", "content-security-policy", policy.text()));
        }
        boolean current = files.version().equals(path.get("version"));
        return response(name, text, Map.of("cache-control", current ? KEEP : FORGET));
    }

    private static WebResponse response(String name, String text, Map<String, String> headers) {
        return new WebResponse(200, Map.of("content-type", PageFiles.type(name)), text).with(headers);
    }
}
