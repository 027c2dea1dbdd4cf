package dev.sluice.store;

import dev.sluice.aws.AwsClients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store bucket as a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
public class StoreConfiguration {

    @Bean
    StoreBucket storeBucket(AwsClients aws, StoreSettings settings) {
        return new StoreBucket(aws, settings);
    }
}
