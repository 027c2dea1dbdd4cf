package dev.sluice.aws;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The SDK's clients as one bean, so that Spring never looks into the clients themselves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AwsSettings.class)
public class AwsConfiguration {

    @Bean
    AwsClients awsClients(AwsSettings settings) {
        return new AwsClients(settings);
    }
}
