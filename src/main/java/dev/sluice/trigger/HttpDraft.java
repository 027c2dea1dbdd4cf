package dev.sluice.trigger;

import dev.sluice.web.HeaderFields;
import dev.sluice.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A request while it is read. */
final class HttpDraft {

    final HeaderFields headers = new HeaderFields();
    String method = "";
    String path = "";
    String stage = "";
    String domain = "";
    private String body = "";
    private boolean base64;

    /** Takes what all forms call by the same name. */
    void field(String name, EventReader value) {
        switch (name) {
            case "httpMethod" -> method = value.text();
            case "body" -> body = value.text();
            case "isBase64Encoded" -> base64 = value.truth();
            default -> {}
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
