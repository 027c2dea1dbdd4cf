package dev.sluice;

import dev.sluice.row.Row;
import dev.sluice.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The worked example of docs/extending.md, as it is written there. */
@Configuration(proxyBeanMethods = false)
public class ExampleTransform {

    // tag::transform
    @Bean
    Function<Row, Optional<Row>> tidyOrders() {
        return row -> {
            Map<String, Value> data = new LinkedHashMap<>(row.data());
            if (data.get("status") instanceof Value.Text(String status) && status.equals("test")) {
                return Optional.empty();
            }
            data.remove("internal_note");
            return Optional.of(new Row(row.key(), data, row.source()));
        };
    }
    // end::transform
}
