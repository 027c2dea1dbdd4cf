package dev.sluice.trigger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The body of an event of API Gateway's kind while it is read: text, or bytes of text in base64. */
final class EventBody {

    private String body = "";
    private boolean base64;

    void field(String name, EventReader value) {
        switch (name) {
            case "body" -> body = value.text();
            case "isBase64Encoded" -> base64 = value.truth();
            default -> {}
        }
    }

    String text() {
        try {
            return base64 ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body;
        } catch (IllegalArgumentException _) {
            throw new MalformedEventException("The event's body is not base64 as it says.");
        }
    }
}
