package dev.sluice.change;

import dev.sluice.aws.AwsClients;
import dev.sluice.letter.Letters;
import dev.sluice.store.StoreBucket;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The change feed as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ChangeSettings.class, ConsumerSettings.class, ProcessingSettings.class})
public class ChangeConfiguration {

    @Bean
    ForwardChanges forwardChanges(AwsClients aws, StoreBucket store, Letters letters, ChangeSettings settings) {
        return new ForwardChanges(
                new Packing(settings, new Claims(store)), new ChangeStream(aws, settings.stream()), letters, settings);
    }

    @Bean
    ProcessChanges processChanges(
            Map<String, Consumer<ChangeEvent>> consumers,
            StoreBucket store,
            Letters letters,
            ConsumerSettings settings,
            ProcessingSettings processing) {
        return new ProcessChanges(settings.choose(consumers), new Claims(store), letters, processing);
    }

    @Bean
    LogSummary logSummary() {
        return new LogSummary();
    }
}
