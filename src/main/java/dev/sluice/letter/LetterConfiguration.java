package dev.sluice.letter;

import dev.sluice.store.StoreBucket;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The dead letters as a bean. */
@Configuration(proxyBeanMethods = false)
public class LetterConfiguration {

    @Bean
    Letters letters(StoreBucket store, JsonMapper mapper) {
        return new Letters(store, mapper);
    }
}
