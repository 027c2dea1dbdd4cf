package dev.sluice.trigger;

import dev.sluice.live.LiveReply;
import dev.sluice.live.LiveRequest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * A WebSocket API (Amazon API Gateway Developer Guide, "Manage connected users and client apps: $connect and $disconnect
 * routes" and "Invoke your backend integration with the $default Route and custom routes in API Gateway"). What its
 * context holds stands in "API Gateway WebSocket API mapping template reference". The event's type chooses the bean: a
 * message is one by whatever route it came.
 *
 * <p>A bean that fails fails the call. A connection that was being made is refused then, by the first of those pages; in
 * a reply to anything else a status would reach nobody.
 */
record WebSocketTrigger(
        Function<LiveRequest, LiveReply> connect,
        Function<LiveRequest, LiveReply> message,
        Function<LiveRequest, LiveReply> disconnect)
        implements Trigger {

    private static final Set<String> CONTEXT = Set.of("connectionId", "eventType");

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.context().containsAll(CONTEXT);
    }

    @Override
    public byte[] handle(byte[] event) {
        var draft = new Draft();
        EventReader.event(event, draft::field);
        LiveReply reply = bean(draft.type).apply(draft.request());
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = EventShape.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("statusCode", reply.status());
            if (!reply.body().isEmpty()) {
                json.writeStringProperty("body", reply.body());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private Function<LiveRequest, LiveReply> bean(String type) {
        return switch (type) {
            case "CONNECT" -> connect;
            case "MESSAGE" -> message;
            case "DISCONNECT" -> disconnect;
            default -> throw new MalformedEventException("The WebSocket event is of none of the three types.");
        };
    }

    /** An event while it is read. */
    private static final class Draft {

        private final EventBody body = new EventBody();
        private String type = "";
        private String connection = "";
        private Optional<Instant> connectedAt = Optional.empty();
        private String ticket = "";

        void field(String name, EventReader value) {
            switch (name) {
                case "requestContext" -> value.fields(this::context);
                case "queryStringParameters" -> value.fields(this::query);
                // Each form of HTTP has one of them.
                case "httpMethod", "version" -> throw value.refusal();
                default -> body.field(name, value);
            }
        }

        private void context(String name, EventReader value) {
            switch (name) {
                case "eventType" -> type = value.text();
                case "connectionId" -> connection = value.text();
                case "connectedAt" -> connectedAt = Optional.of(millis(value.text()));
                default -> {}
            }
        }

        private void query(String name, EventReader value) {
            if (name.equals("ticket")) {
                ticket = value.text();
            }
        }

        private static Instant millis(String text) {
            try {
                return Instant.ofEpochMilli(Long.parseLong(text));
            } catch (NumberFormatException _) {
                throw new MalformedEventException("The WebSocket event's connectedAt is no time.");
            }
        }

        LiveRequest request() {
            if (connection.isEmpty()) {
                throw new MalformedEventException("The WebSocket event lacks its connection.");
            }
            return new LiveRequest(connection, connectedAt, ticket, body.text());
        }
    }
}
