package dev.sluice.trigger;

import dev.sluice.web.WebResponse;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What the forms write alike. */
final class HttpReply {

    private HttpReply() {}

    /** {@code headers}: one value a name, no cookie. */
    static void headers(WebResponse response, JsonGenerator json) {
        json.writeObjectPropertyStart("headers");
        response.headers().forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    /** A name with its values. */
    static void values(String name, List<String> values, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
