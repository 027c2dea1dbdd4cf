package dev.sluice.letter;

import dev.sluice.store.StoreBucket;
import dev.sluice.work.WorkQueue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The dead letters as beans. */
@Configuration(proxyBeanMethods = false)
public class LetterConfiguration {

    @Bean
    Letters letters(StoreBucket store, JsonMapper mapper) {
        return new Letters(store, mapper);
    }

    @Bean
    RedriveLetters redriveLetters(Letters letters, WorkQueue work) {
        return new RedriveLetters(letters, work);
    }
}
