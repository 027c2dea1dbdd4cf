package dev.sluice.trigger;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * An Application Load Balancer whose target group has the attribute {@code lambda.multi_value_headers.enabled}: request
 * and response have {@code multiValueHeaders} and no {@code headers} (the page of {@link LoadBalancer}, "Multi-value
 * headers").
 */
final class MultiValueLoadBalancer implements HttpForm {

    @Override
    public boolean recognises(EventShape shape) {
        return shape.context().contains("elb") && shape.keys().contains("multiValueHeaders");
    }

    @Override
    public int mostBytes() {
        return LoadBalancer.MOST_BYTES;
    }

    @Override
    public WebRequest read(byte[] event) {
        return LoadBalancer.request(event);
    }

    @Override
    public void write(WebResponse response, JsonGenerator json) {
        json.writeStringProperty("statusDescription", ReasonPhrase.of(response.status()));
        json.writeObjectPropertyStart("multiValueHeaders");
        response.headers().forEach((name, value) -> HttpReply.values(name, List.of(value), json));
        if (!response.cookies().isEmpty()) {
            HttpReply.values("set-cookie", response.cookies(), json);
        }
        json.writeEndObject();
    }
}
