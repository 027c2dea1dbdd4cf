package dev.sluice.trigger;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * HTTP through an API Gateway HTTP API, payload format 2.0 (Amazon API Gateway Developer Guide, "Create AWS Lambda proxy
 * integrations for HTTP APIs").
 */
final class HttpTrigger implements Trigger {

    private static final String DEFAULT_STAGE = "$default";

    private final Function<WebRequest, WebResponse> routes;

    HttpTrigger(Function<WebRequest, WebResponse> routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.has("version", "2.0")
                && shape.context().contains("http")
                && shape.keys().contains("routeKey");
    }

    @Override
    public byte[] handle(byte[] event) {
        return encode(routes.apply(new Decoding().read(event)));
    }

    private static byte[] encode(WebResponse response) {
        var bytes = new ByteArrayOutputStream(response.body().length() + 256);
        try (JsonGenerator json = EventShape.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("statusCode", response.status());
            json.writeObjectPropertyStart("headers");
            response.headers().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeStringProperty("body", response.body());
            json.writeBooleanProperty("isBase64Encoded", false);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** One request while it is read. */
    private static final class Decoding {

        private String method = "";
        private String path = "";
        private String query = "";
        private String stage = "";
        private String body = "";
        private boolean base64;
        private final Map<String, String> headers = new HashMap<>();
        private final List<String> cookies = new ArrayList<>();

        WebRequest read(byte[] event) {
            EventReader.event(event, (name, value) -> {
                switch (name) {
                    case "rawPath" -> path = value.text();
                    case "rawQueryString" -> query = value.text();
                    case "headers" -> value.fields((header, text) -> headers.put(header, text.text()));
                    case "cookies" -> value.items(cookie -> cookies.add(cookie.text()));
                    case "body" -> body = value.text();
                    case "isBase64Encoded" -> base64 = value.truth();
                    case "requestContext" -> value.fields(this::context);
                    default -> {}
                }
            });
            if (method.isEmpty() || path.isEmpty()) {
                throw new MalformedEventException("The HTTP event lacks its method or path.");
            }
            if (!cookies.isEmpty()) {
                headers.put("cookie", String.join("; ", cookies));
            }
            try {
                return new WebRequest(method, withoutStage(), query, headers, Map.of(), decodedBody());
            } catch (IllegalArgumentException _) {
                throw new MalformedEventException("The HTTP event's body is not base64 as it says.");
            }
        }

        private void context(String name, EventReader value) {
            switch (name) {
                case "stage" -> stage = value.text();
                case "http" ->
                    value.fields((part, text) -> {
                        if (part.equals("method")) {
                            method = text.text();
                        }
                    });
                default -> {}
            }
        }

        /** A stage other than the default one stands in front of the path. */
        private String withoutStage() {
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

        private String decodedBody() {
            return base64 ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body;
        }
    }
}
