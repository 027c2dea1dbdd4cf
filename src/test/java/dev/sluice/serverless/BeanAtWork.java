package dev.sluice.serverless;

import dev.sluice.SluiceApplication;
import java.io.Flushable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Tells which of the application's functions a thread works for. A function that another one calls works for that one; a
 * consumer of change events works for itself.
 */
public final class BeanAtWork implements BeanPostProcessor {

    /** Threads that a bean starts work for it too. */
    private static final ThreadLocal<@Nullable String> NAME = new InheritableThreadLocal<>();

    /** Its own calls are those that no other bean makes, and it is asked for by its class. */
    private static final String DOOR = "triggerRouter";

    static Optional<String> name() {
        return Optional.ofNullable(NAME.get());
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!isOfTheApplication(bean.getClass()) || beanName.equals(DOOR)) {
            return bean;
        }
        return switch (bean) {
            case Function<?, ?> function -> as(beanName, function);
            case Consumer<?> consumer
            when bean instanceof Flushable flushable -> new Flushed(beanName, (Consumer<Object>) consumer, flushable);
            case Consumer<?> consumer -> consumer(beanName, (Consumer<Object>) consumer);
            default -> bean;
        };
    }

    /** Tests ask for their own beans by class. */
    private static boolean isOfTheApplication(Class<?> type) {
        return SluiceApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .equals(type.getProtectionDomain().getCodeSource());
    }

    /** The function as the bean of that name, for tests that make it themselves. */
    public static <I, O> Function<I, O> as(String name, Function<I, O> function) {
        return input -> {
            String outer = NAME.get();
            NAME.set(outer == null ? name : outer);
            try {
                return function.apply(input);
            } finally {
                NAME.set(outer);
            }
        };
    }

    private static Consumer<Object> consumer(String name, Consumer<Object> consumer) {
        return input -> {
            String outer = NAME.get();
            NAME.set(name);
            try {
                consumer.accept(input);
            } finally {
                NAME.set(outer);
            }
        };
    }

    /** A consumer that wants to know where a batch ends. */
    private record Flushed(String name, Consumer<Object> consumer, Flushable flushable)
            implements Consumer<Object>, Flushable {

        @Override
        public void accept(Object input) {
            BeanAtWork.consumer(name, consumer).accept(input);
        }

        @Override
        public void flush() throws IOException {
            String outer = NAME.get();
            NAME.set(name);
            try {
                flushable.flush();
            } finally {
                NAME.set(outer);
            }
        }
    }
}
