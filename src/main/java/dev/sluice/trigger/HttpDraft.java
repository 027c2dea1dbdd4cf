package dev.sluice.trigger;

import dev.sluice.web.HeaderFields;
import dev.sluice.web.WebRequest;
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
    private final EventBody body = new EventBody();
    private String form = "";

    /** Takes what all forms call by the same name. */
    void field(String name, EventReader value) {
        switch (name) {
            case "httpMethod" -> method = value.text();
            case ROUTE_KEY, RESOURCE -> form(name, value);
            default -> body.field(name, value);
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
        return new WebRequest(method, encodedPath, query, headers.joined(), Map.of(), body.text());
    }
}
