package dev.sluice.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.invocation.Invocation;
import dev.sluice.live.LiveReply;
import dev.sluice.live.LiveRequest;
import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.support.GenericMessage;
import tools.jackson.databind.json.JsonMapper;

/** The door with every trigger, and beans behind it that only remember what they were given. */
final class Door {

    static final BatchReply REPLY = new BatchReply(List.of(new BatchReply.Failure("7")));

    static final String TRACE =
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:8a2b3c4d:0";

    final List<Object> given = Collections.synchronizedList(new ArrayList<>());
    final List<Invocation> calls = Collections.synchronizedList(new ArrayList<>());
    WebResponse response = new WebResponse(200, Map.of(), "");

    /** Which of the three beans of connections was given something. */
    final List<String> live = Collections.synchronizedList(new ArrayList<>());

    LiveReply liveReply = new LiveReply(200, "");

    /** What reading leaves unread of what it is given. */
    Predicate<ObjectNotice> unread = _ -> false;

    private final List<Trigger> triggers = List.of(
            new NoticeTrigger("s3", new S3Notification(), this::read, JsonMapper.shared()),
            new NoticeTrigger("sns", new SnsEvent(), this::read, JsonMapper.shared()),
            new NoticeTrigger("eventbridge", new EventBridgeEvent(), this::read, JsonMapper.shared()),
            new SqsTrigger(this::read, _ -> false, id -> remember(id, true), JsonMapper.shared()),
            new StreamTrigger(changes -> remember(changes, REPLY), JsonMapper.shared()),
            new KinesisTrigger(events -> remember(events, REPLY), JsonMapper.shared()),
            http(new HttpApiV2()),
            http(new RestApi()),
            http(new LoadBalancer()),
            http(new MultiValueLoadBalancer()),
            new WebSocketTrigger(live("CONNECT"), live("MESSAGE"), live("DISCONNECT")),
            new DirectTrigger(
                    Set.of("invocable"),
                    name -> input -> remember(name + " " + new String(input, StandardCharsets.UTF_8), input)));

    private HttpTrigger http(HttpForm form) {
        return new HttpTrigger(form, (request, _) -> remember(request, response));
    }

    private Function<LiveRequest, LiveReply> live(String bean) {
        return request -> {
            live.add(bean);
            return remember(request, liveReply);
        };
    }

    private ReadReport read(ObjectNotices notices) {
        return remember(
                notices,
                new ReadReport(
                        List.of(), notices.notices().stream().filter(unread).toList()));
    }

    private <T> T remember(Object input, T reply) {
        given.add(input);
        calls.add(Invocation.current());
        return reply;
    }

    String send(String event) {
        return send(event, null, Map.of());
    }

    String send(String event, @Nullable List<String> accepts, Map<String, Object> headers) {
        return send(event.getBytes(StandardCharsets.UTF_8), accepts, headers);
    }

    String send(byte[] event) {
        return send(event, null, Map.of());
    }

    private String send(byte[] event, @Nullable List<String> accepts, Map<String, Object> headers) {
        var router = new TriggerRouter(triggers, new TriggerSettings(accepts, List.of()).accepted(triggers));
        InputStream bytes = new ByteArrayInputStream(event);
        return new String(router.apply(new GenericMessage<>(bytes, headers)), StandardCharsets.UTF_8);
    }

    /** The name of the trigger that an event is of. */
    String kind(String event) {
        return EventLook.kind(event.getBytes(StandardCharsets.UTF_8), triggers).name();
    }

    ObjectNotices notices(String event) {
        send(event);
        return (ObjectNotices) given.removeLast();
    }

    ChangeBatch changes(String event) {
        send(event);
        return (ChangeBatch) given.removeLast();
    }

    ChangeEventBatch events(String event) {
        send(event);
        return (ChangeEventBatch) given.removeLast();
    }

    WebRequest request(String event) {
        send(event);
        return (WebRequest) given.removeLast();
    }

    /** Lambda's context, as far as the door looks at it. */
    static Context context(String requestId, int remainingMillis) {
        return (Context) Proxy.newProxyInstance(
                Door.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAwsRequestId" -> requestId;
                    case "getRemainingTimeInMillis" -> remainingMillis;
                    case "getXrayTraceId" -> TRACE;
                    case "getFunctionName" -> "sluice-test";
                    case "toString" -> "context";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static String sample(String name) {
        try (InputStream in = Door.class.getResourceAsStream("/events/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
