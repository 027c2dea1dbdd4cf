package dev.sluice.trigger;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * A REST API's proxy event, and an HTTP API's payload format 1.0, which looks the same but has a version (Amazon API
 * Gateway Developer Guide, "Lambda proxy integrations in API Gateway" and "Create AWS Lambda proxy integrations for HTTP
 * APIs"). The query has been decoded. A REST API's path holds no stage and is as it was sent; a custom domain's base path
 * stays in it, which {@code sluice.web.base-path} is for.
 */
final class RestApi implements HttpForm {

    private static final String HTTP_API = "1.0";
    private static final Set<String> KEYS = Set.of("resource", "path", "httpMethod", "requestContext");

    @Override
    public boolean recognises(EventShape shape) {
        return shape.keys().containsAll(KEYS);
    }

    @Override
    public WebRequest read(byte[] event) {
        ProxyEvent proxy = ProxyEvent.decoded(event);
        return proxy.request(
                proxy.version().equals(HTTP_API) ? HttpApiPath.of(proxy.path(), proxy.stage()) : proxy.path());
    }

    @Override
    public void write(WebResponse response, JsonGenerator json) {
        HttpReply.headers(response, json);
        List<String> cookies = response.cookies();
        if (!cookies.isEmpty()) {
            json.writeObjectPropertyStart("multiValueHeaders");
            HttpReply.values("set-cookie", cookies, json);
            json.writeEndObject();
        }
    }
}
