package dev.sluice.trigger;

import dev.sluice.web.HeaderFields;
import dev.sluice.web.WebRequest;
import java.util.Map;

/** A request while it is read. */
final class HttpDraft {

    final HeaderFields headers = new HeaderFields();
    String method = "";
    String path = "";
    String stage = "";
    String domain = "";
    private final EventBody body = new EventBody();

    /** Takes what all forms call by the same name. */
    void field(String name, EventReader value) {
        if (name.equals("httpMethod")) {
            method = value.text();
        } else {
            body.field(name, value);
        }
    }

    /** Takes what {@code requestContext} says of the way here. */
    void context(String name, EventReader value) {
        switch (name) {
            case "stage" -> stage = value.text();
            case "domainName" -> domain = value.text();
            default -> {}
        }
    }

    WebRequest request(String encodedPath, String query) {
        if (method.isEmpty() || path.isEmpty()) {
            throw new MalformedEventException("The HTTP event lacks its method or path.");
        }
        return new WebRequest(method, encodedPath, query, headers.joined(), Map.of(), body.text());
    }
}
