package dev.sluice.trigger;

import dev.sluice.web.HeaderFields;
import dev.sluice.web.WebRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What a REST API, an HTTP API with payload format 1.0 and an Application Load Balancer have in common. Where
 * {@code multiValueHeaders} and {@code multiValueQueryStringParameters} are there, they hold everything; the fields that
 * are called the same without {@code multiValue} hold the last value of each name only.
 */
final class ProxyEvent {

    private final HttpDraft draft = new HttpDraft();
    private final HeaderFields lastHeaders = new HeaderFields();
    private final StringJoiner query = new StringJoiner("&");
    private final StringJoiner lastQuery = new StringJoiner("&");
    private final UnaryOperator<String> encoding;
    private String version = "";
    private boolean everyHeader;
    private int headerFields;

    private ProxyEvent(UnaryOperator<String> encoding) {
        this.encoding = encoding;
    }

    /** Reads an event of API Gateway, which has decoded the query. */
    static ProxyEvent decoded(byte[] event) {
        return new ProxyEvent(text -> URLEncoder.encode(text, StandardCharsets.UTF_8)).read(event);
    }

    /** Reads an event of a load balancer, which leaves the query as it was sent, and has headers of one kind only. */
    static ProxyEvent asSent(byte[] event) {
        ProxyEvent proxy = new ProxyEvent(UnaryOperator.identity()).read(event);
        if (proxy.headerFields > 1) {
            throw EventLook.refusal(event);
        }
        return proxy;
    }

    private ProxyEvent read(byte[] event) {
        EventReader.event(event, (name, value) -> {
            switch (name) {
                case "version" -> version = value.text();
                case "path" -> draft.path = value.text();
                case "headers" -> {
                    headerFields++;
                    value.fields((header, text) -> lastHeaders.add(header, text.text()));
                }
                case "multiValueHeaders" -> {
                    headerFields++;
                    each(value, this::header);
                }
                case "queryStringParameters" -> value.fields((key, text) -> add(lastQuery, key, text.text()));
                case "multiValueQueryStringParameters" -> each(value, (key, text) -> add(query, key, text));
                case "requestContext" -> value.fields(draft::context);
                default -> draft.field(name, value);
            }
        });
        return this;
    }

    private static void each(EventReader value, BiConsumer<String, String> taker) {
        value.fields((name, values) -> values.items(one -> taker.accept(name, one.text())));
    }

    private void header(String name, String value) {
        everyHeader = true;
        draft.headers.add(name, value);
    }

    private void add(StringJoiner pairs, String name, String value) {
        pairs.add(encoding.apply(name) + "=" + encoding.apply(value));
    }

    /** The path as it stands in the event. */
    String path() {
        return draft.path;
    }

    /** Empty if the event names none. */
    String version() {
        return version;
    }

    String stage() {
        return draft.stage;
    }

    WebRequest request(String encodedPath) {
        if (!everyHeader) {
            lastHeaders.joined().forEach(draft.headers::add);
        }
        return draft.request(encodedPath, (query.length() > 0 ? query : lastQuery).toString());
    }
}
