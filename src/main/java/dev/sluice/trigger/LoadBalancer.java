package dev.sluice.trigger;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import tools.jackson.core.JsonGenerator;

/**
 * An Application Load Balancer, its health checks too (Elastic Load Balancing, User Guide for Application Load Balancers,
 * "Use Lambda functions as targets of an Application Load Balancer"). Path and query are as they were sent; of a header
 * or parameter with several values only the last one arrives, and a reply has one cookie at most, unless the target
 * group has multi-value headers switched on: then it is {@link MultiValueLoadBalancer}.
 */
final class LoadBalancer implements HttpForm {

    /** The most that a load balancer takes of a reply, from the same page. */
    static final int MOST_BYTES = 1024 * 1024;

    @Override
    public boolean recognises(EventShape shape) {
        return shape.context().contains("elb") && shape.keys().contains("headers");
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public WebRequest read(byte[] event) {
        return request(event);
    }

    static WebRequest request(byte[] event) {
        ProxyEvent proxy = ProxyEvent.asSent(event);
        return proxy.request(proxy.path());
    }

    @Override
    public void write(WebResponse response, JsonGenerator json) {
        if (response.cookies().size() > 1) {
            throw new IllegalStateException(
                    "The reply has several cookies: switch multi-value headers on for the load balancer's target group.");
        }
        json.writeStringProperty("statusDescription", ReasonPhrase.of(response.status()));
        json.writeObjectPropertyStart("headers");
        response.headers().forEach(json::writeStringProperty);
        response.cookies().forEach(cookie -> json.writeStringProperty("set-cookie", cookie));
        json.writeEndObject();
    }
}
