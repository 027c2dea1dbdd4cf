package dev.sluice.feed;

import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The feeds as a bean. */
@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {

    @Bean
    Feeds feeds(Environment environment) {
        return FeedSettings.bind(
                        ConfigurationPropertySources.get(environment),
                        new PropertySourcesPlaceholdersResolver(environment))
                .toFeeds();
    }
}
