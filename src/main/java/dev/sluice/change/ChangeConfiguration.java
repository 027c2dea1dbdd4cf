package dev.sluice.change;

import dev.sluice.aws.AwsClients;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The change feed as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ChangeSettings.class, ConsumerSettings.class})
public class ChangeConfiguration {

    @Bean
    ForwardChanges forwardChanges(AwsClients aws, ChangeSettings settings) {
        return new ForwardChanges(new KinesisOutlet(aws, settings), settings);
    }

    @Bean
    ProcessChanges processChanges(Map<String, Consumer<ChangeEvent>> consumers, ConsumerSettings settings) {
        return new ProcessChanges(settings.choose(consumers));
    }

    @Bean
    LogSummary logSummary() {
        return new LogSummary();
    }
}
