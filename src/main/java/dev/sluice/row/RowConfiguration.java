package dev.sluice.row;

import dev.sluice.aws.AwsClients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rows table as a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RowSettings.class)
public class RowConfiguration {

    @Bean
    RowTable rowTable(AwsClients aws, RowSettings settings) {
        return new RowTable(aws, settings);
    }
}
