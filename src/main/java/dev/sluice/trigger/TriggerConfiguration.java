package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import dev.sluice.web.Routes;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The door and the triggers as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TriggerSettings.class)
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
    SqsTrigger sqsTrigger(Function<ObjectNotices, ReadReport> readObjects, JsonMapper mapper) {
        return new SqsTrigger(readObjects, mapper);
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
    HttpTrigger httpTrigger(Routes routes) {
        return new HttpTrigger(routes::answer);
    }
}
