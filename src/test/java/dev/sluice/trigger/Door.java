package dev.sluice.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.invocation.Invocation;
import dev.sluice.letter.LetterId;
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

    /** What the routes answer. */
    Function<WebRequest, WebResponse> answer = _ -> response;

    /** What reading leaves unread of what it is given. */
    Predicate<ObjectNotice> unread = _ -> false;

    private final List<Trigger> triggers = triggers(
            this::read,
            id -> remember(id, true),
            changes -> remember(changes, REPLY),
            events -> remember(events, REPLY),
            (request, _) -> remember(request, answer.apply(request)),
            this::live,
            name -> input -> remember(name + " " + new String(input, StandardCharsets.UTF_8), input));

    private static List<Trigger> triggers(
            Function<ObjectNotices, ReadReport> read,
            Predicate<LetterId> sentAgain,
            Function<ChangeBatch, BatchReply> forward,
            Function<ChangeEventBatch, BatchReply> process,
            HttpTrigger.Answers routes,
            Function<String, Function<LiveRequest, LiveReply>> live,
            Function<String, Function<byte[], byte[]>> beans) {
        return List.of(
                new NoticeTrigger("s3", new S3Notification(), read, JsonMapper.shared()),
                new NoticeTrigger("sns", new SnsEvent(), read, JsonMapper.shared()),
                new NoticeTrigger("eventbridge", new EventBridgeEvent(), read, JsonMapper.shared()),
                new SqsTrigger(read, _ -> false, sentAgain, JsonMapper.shared()),
                new StreamTrigger(forward, JsonMapper.shared()),
                new KinesisTrigger(process, JsonMapper.shared()),
                new HttpTrigger(new HttpApiV2(), routes),
                new HttpTrigger(new RestApi(), routes),
                new HttpTrigger(new LoadBalancer(), routes),
                new HttpTrigger(new MultiValueLoadBalancer(), routes),
                new WebSocketTrigger(live.apply("CONNECT"), live.apply("MESSAGE"), live.apply("DISCONNECT")),
                new DirectTrigger(Set.of("invocable"), beans));
    }

    /** The door with every trigger, before beans that remember nothing. */
    static TriggerRouter router(Function<ObjectNotices, ReadReport> read, HttpTrigger.Answers routes) {
        List<Trigger> triggers = triggers(
                read,
                _ -> true,
                _ -> REPLY,
                _ -> REPLY,
                routes,
                _ -> _ -> new LiveReply(200, ""),
                _ -> Function.identity());
        return new TriggerRouter(triggers, new TriggerSettings(null, List.of()).accepted(triggers));
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
