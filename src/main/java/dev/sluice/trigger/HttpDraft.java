package dev.sluice.trigger;

import dev.sluice.web.HeaderFields;
import dev.sluice.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A request while it is read. */
final class HttpDraft {

    /** Names that an event of one form has and no other: HTTP API 2.0; REST API and HTTP API 1.0; load balancer. */
    private static final String ROUTE_KEY = "routeKey";

    private static final String RESOURCE = "resource";
    private static final String LOAD_BALANCER = "elb";

    final HeaderFields headers = new HeaderFields();
    String method = "";
    String path = "";
    String stage = "";
    String domain = "";
    private String body = "";
    private boolean base64;
    private String form = "";

    /** Takes what all forms call by the same name. */
    void field(String name, EventReader value) {
        switch (name) {
            case "httpMethod" -> method = value.text();
            case "body" -> body = value.text();
            case "isBase64Encoded" -> base64 = value.truth();
            case ROUTE_KEY, RESOURCE -> form(name, value);
            default -> {}
        }
    }

    /** Takes what {@code requestContext} says of the way here. */
    void context(String name, EventReader value) {
        switch (name) {
            case "stage" -> stage = value.text();
            case "domainName" -> domain = value.text();
            case LOAD_BALANCER -> form(name, value);
            default -> {}
        }
    }

    /** @throws UnknownEventException if the event is of two forms */
    private void form(String name, EventReader value) {
        if (!form.isEmpty() && !form.equals(name)) {
            throw value.refusal();
        }
        form = name;
    }

    WebRequest request(String encodedPath, String query) {
        if (method.isEmpty() || path.isEmpty()) {
            throw new MalformedEventException("The HTTP event lacks its method or path.");
        }
        return new WebRequest(method, encodedPath, query, headers.joined(), Map.of(), text());
    }

    private String text() {
        try {
            return base64 ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body;
        } catch (IllegalArgumentException _) {
            throw new MalformedEventException("The HTTP event's body is not base64 as it says.");
        }
    }
}
