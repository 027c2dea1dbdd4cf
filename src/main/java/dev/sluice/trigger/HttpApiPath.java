package dev.sluice.trigger;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a request through an HTTP API. A stage other than {@code $default} stands in front of it (Amazon API
 * Gateway Developer Guide, "Stages for HTTP APIs").
 *
 * <p>AWS does not say whether it is percent-encoded; as seen, it has been decoded, while REST APIs, function URLs and load
 * balancers leave it as it was sent. So both are taken: an escape that is still there is one, and everything else stands
 * for itself. What this cannot bring back is a slash inside a part of the path, {@code %2F}: sent as {@code %252F} it
 * arrives.
 */
final class HttpApiPath {

    private static final String DEFAULT_STAGE = "$default";

    /** What no encoded path holds as it is. */
    private static final Pattern UNENCODED = Pattern.compile("%(?!\\p{XDigit}{2})|[^A-Za-z0-9/%._~!$&'()*+,;=:@-]+");

    private HttpApiPath() {}

    /** Without its stage, and percent-encoded. */
    static String of(String path, String stage) {
        return UNENCODED
                .matcher(withoutStage(path, stage))
                .replaceAll(found -> Matcher.quoteReplacement(encoded(found.group())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String withoutStage(String path, String stage) {
        String prefix = "/" + stage;
        if (stage.isEmpty() || stage.equals(DEFAULT_STAGE) || !path.startsWith(prefix)) {
            return path;
        }
        String rest = path.substring(prefix.length());
        if (rest.isEmpty()) {
            return "/";
        }
        return rest.startsWith("/") ? rest : path;
    }
}
