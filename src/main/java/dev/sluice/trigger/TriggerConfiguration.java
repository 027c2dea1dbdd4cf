package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.letter.Letters;
import dev.sluice.live.LiveReply;
import dev.sluice.live.LiveRequest;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import dev.sluice.web.Routes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import tools.jackson.databind.json.JsonMapper;

/** The door and the triggers as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TriggerSettings.class, FailedQueueSettings.class})
public class TriggerConfiguration {

    @Bean
    TriggerRouter triggerRouter(List<Trigger> triggers, TriggerSettings settings) {
        return new TriggerRouter(triggers, settings.accepted(triggers));
    }

    @Bean
    NoticeTrigger s3Trigger(Function<ObjectNotices, ReadReport> readObjects, JsonMapper mapper) {
        return new NoticeTrigger("s3", new S3Notification(), readObjects, mapper);
    }

    @Bean
    NoticeTrigger snsTrigger(Function<ObjectNotices, ReadReport> readObjects, JsonMapper mapper) {
        return new NoticeTrigger("sns", new SnsEvent(), readObjects, mapper);
    }

    @Bean
    NoticeTrigger eventBridgeTrigger(Function<ObjectNotices, ReadReport> readObjects, JsonMapper mapper) {
        return new NoticeTrigger("eventbridge", new EventBridgeEvent(), readObjects, mapper);
    }

    @Bean
    SqsTrigger sqsTrigger(
            Function<ObjectNotices, ReadReport> readObjects,
            FailedMessages failed,
            SendAgain again,
            JsonMapper mapper) {
        return new SqsTrigger(readObjects, failed::keep, again::send, mapper);
    }

    @Bean
    FailedMessages failedMessages(FailedQueueSettings settings, Letters letters, JsonMapper mapper) {
        return new FailedMessages(settings.queue(), letters, mapper);
    }

    /** The door knows its triggers, so one of them can only ask for it later. */
    @Bean
    SendAgain sendAgain(
            Letters letters,
            Function<ChangeBatch, BatchReply> forwardChanges,
            Function<ChangeEventBatch, BatchReply> processChanges,
            ObjectProvider<TriggerRouter> door,
            JsonMapper mapper) {
        return new SendAgain(
                letters,
                forwardChanges,
                processChanges,
                event -> door.getObject().route(event),
                mapper);
    }

    @Bean
    StreamTrigger streamTrigger(Function<ChangeBatch, BatchReply> forwardChanges, JsonMapper mapper) {
        return new StreamTrigger(forwardChanges, mapper);
    }

    @Bean
    KinesisTrigger kinesisTrigger(Function<ChangeEventBatch, BatchReply> processChanges, JsonMapper mapper) {
        return new KinesisTrigger(processChanges, mapper);
    }

    @Bean
    DirectTrigger directTrigger(TriggerSettings settings, BeanFactory beans, FunctionCatalog catalog) {
        Set<String> invocable =
                settings.invocable(name -> beans.containsBean(name) && beans.isTypeMatch(name, Function.class));
        return new DirectTrigger(invocable, name -> json(catalog, name));
    }

    private static Function<byte[], byte[]> json(FunctionCatalog catalog, String name) {
        Function<Message<byte[]>, Message<byte[]>> function = catalog.lookup(name, "application/json");
        return input -> function.apply(new GenericMessage<>(input, Map.of("contentType", "application/json")))
                .getPayload();
    }

    @Bean
    HttpTrigger httpApiTrigger(Routes routes) {
        return new HttpTrigger(new HttpApiV2(), routes::answer);
    }

    @Bean
    HttpTrigger restApiTrigger(Routes routes) {
        return new HttpTrigger(new RestApi(), routes::answer);
    }

    @Bean
    HttpTrigger loadBalancerTrigger(Routes routes) {
        return new HttpTrigger(new LoadBalancer(), routes::answer);
    }

    @Bean
    HttpTrigger multiValueLoadBalancerTrigger(Routes routes) {
        return new HttpTrigger(new MultiValueLoadBalancer(), routes::answer);
    }

    @Bean
    WebSocketTrigger webSocketTrigger(
            Function<LiveRequest, LiveReply> liveConnect,
            Function<LiveRequest, LiveReply> liveMessage,
            Function<LiveRequest, LiveReply> liveDisconnect) {
        return new WebSocketTrigger(liveConnect, liveMessage, liveDisconnect);
    }
}
