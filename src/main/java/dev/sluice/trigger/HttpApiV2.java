package dev.sluice.trigger;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Payload format 2.0 (Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"). A
 * function URL speaks the same (AWS Lambda Developer Guide, "Invoking Lambda function URLs", "Request and response
 * payloads"), so it is no form of its own; only its path is always as it was sent, and it has no stage.
 */
final class HttpApiV2 implements HttpForm {

    /** {@code url-id.lambda-url.region.on.aws}, from the same page. */
    private static final Pattern FUNCTION_URL = Pattern.compile("[^.]+\\.lambda-url\\..+");

    @Override
    public boolean recognises(EventShape shape) {
        return shape.has("version", "2.0")
                && shape.context().contains("http")
                && shape.keys().contains("routeKey");
    }

    @Override
    public WebRequest read(byte[] event) {
        var draft = new HttpDraft();
        var query = new StringBuilder();
        EventReader.event(event, (name, value) -> {
            switch (name) {
                case "rawPath" -> draft.path = value.text();
                case "rawQueryString" -> query.append(value.text());
                case "headers" -> value.fields((header, text) -> draft.headers.add(header, text.text()));
                case "cookies" -> value.items(cookie -> draft.headers.add("cookie", cookie.text()));
                case "requestContext" -> value.fields((part, inner) -> context(draft, part, inner));
                default -> draft.field(name, value);
            }
        });
        boolean url = FUNCTION_URL.matcher(draft.domain).matches();
        return draft.request(url ? draft.path : HttpApiPath.of(draft.path, draft.stage), query.toString());
    }

    private static void context(HttpDraft draft, String name, EventReader value) {
        if (name.equals("http")) {
            value.fields((part, text) -> {
                if (part.equals("method")) {
                    draft.method = text.text();
                }
            });
        } else {
            draft.context(name, value);
        }
    }

    @Override
    public void write(WebResponse response, JsonGenerator json) {
        HttpReply.headers(response, json);
        if (!response.cookies().isEmpty()) {
            HttpReply.values("cookies", response.cookies(), json);
        }
    }
}
