package dev.sluice.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;
import org.springframework.cloud.function.context.MessageRoutingCallback;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;

/** The stock adapter as one would use it: its own router, a callback that picks the function, a function of a map. */
final class StockRouter implements AutoCloseable {

    private static final Context CONTEXT = Door.context("bench", 60_000);
    private static final LoggingSystem LOG = LoggingSystem.get(StockRouter.class.getClassLoader());

    private final FunctionInvoker invoker;

    StockRouter() {
        System.setProperty("MAIN_CLASS", Application.class.getName());
        System.setProperty("_HANDLER", FunctionInvoker.class.getName());
        System.setProperty("spring.config.name", "stock-router-none");
        System.setProperty("spring.main.web-application-type", "none");
        System.setProperty("spring.main.banner-mode", "off");
        System.setProperty("spring.cloud.function.definition", "functionRouter");
        invoker = new FunctionInvoker();
    }

    /**
     * Sends an event so many times.
     *
     * @param records how many records the function has to see; 0 for an event without
     */
    long route(byte[] event, int times, int records, boolean log) throws IOException {
        LOG.setLogLevel("org.springframework.cloud.function", log ? LogLevel.INFO : LogLevel.WARN);
        for (int i = 0; i < times; i++) {
            var reply = new ByteArrayOutputStream();
            invoker.handleRequest(new ByteArrayInputStream(event), reply, CONTEXT);
            if (!reply.toString(StandardCharsets.UTF_8).contains("took " + records)) {
                throw new IllegalStateException(reply.toString(StandardCharsets.UTF_8));
            }
        }
        return records;
    }

    @Override
    public void close() {}

    /** No stereotype: nothing else takes it in. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Application {

        @Bean
        public MessageRoutingCallback routing() {
            return new MessageRoutingCallback() {
                @Override
                public String routingResult(Message<?> message) {
                    return "forward";
                }
            };
        }

        @Bean
        public Function<Map<String, Object>, String> forward() {
            return event -> "took " + ((List<?>) event.getOrDefault("Records", List.of())).size();
        }
    }
}
