package dev.sluice;

import dev.sluice.change.ChangeEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The worked example of docs/extending.md, as it is written there, and what it counts into. */
@Configuration(proxyBeanMethods = false)
public class ExampleConsumer {

    record Counts(Map<String, LongAdder> byKey) {}

    @Bean
    Counts counts() {
        return new Counts(new ConcurrentHashMap<>());
    }

    // tag::consumer
    @Bean
    Consumer<ChangeEvent> countOrders(Counts counts) {
        return event -> {
            if (event.feed().equals("orders")) {
                counts.byKey()
                        .computeIfAbsent(event.key(), _ -> new LongAdder())
                        .increment();
            }
        };
    }
    // end::consumer
}
