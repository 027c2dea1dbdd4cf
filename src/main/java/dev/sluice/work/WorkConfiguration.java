package dev.sluice.work;

import dev.sluice.aws.AwsClients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The work queue as a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkSettings.class)
public class WorkConfiguration {

    @Bean
    WorkQueue workQueue(AwsClients aws, WorkSettings settings, JsonMapper mapper) {
        return new WorkQueue(aws, settings, mapper);
    }
}
