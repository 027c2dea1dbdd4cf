package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.feed.FeedConfiguration;
import dev.sluice.invocation.Invocation;
import dev.sluice.row.Row;
import dev.sluice.row.RowConfiguration;
import dev.sluice.serverless.BeanAtWork;
import dev.sluice.store.StoreConfiguration;
import dev.sluice.value.Value;
import dev.sluice.work.WorkConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * {@code readObjects} with clients of its own, as a process of its own would have them. It can be killed at any call: from
 * then on no call of it is begun, and what a killed call asked for has taken effect or not.
 */
final class ReaderProcess implements AutoCloseable {

    private final Map<String, Integer> kills = new TreeMap<>();

    private static final ScopedValue<ReaderProcess> STARTING = ScopedValue.newInstance();

    private final ConfigurableApplicationContext context;
    private @Nullable Random chance;
    private int eventsLeft = Integer.MAX_VALUE;
    private boolean dead;
    private Runnable afterBatch = () -> {};

    ReaderProcess(String... settings) {
        this(List.of(), settings);
    }

    /** @param beans more of them, as configurations */
    ReaderProcess(List<Class<?>> beans, String... settings) {
        context = ScopedValue.where(STARTING, this).call(() -> start(beans, settings));
    }

    private static ConfigurableApplicationContext start(List<Class<?>> beans, String... settings) {
        var context = new SpringApplicationBuilder(
                        AwsConfiguration.class,
                        RowConfiguration.class,
                        StoreConfiguration.class,
                        WorkConfiguration.class,
                        FeedConfiguration.class,
                        ObjectConfiguration.class,
                        JacksonAutoConfiguration.class,
                        Transform.class)
                .sources(beans.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(settings);
        var aws = context.getBean(AwsClients.class);
        assertThat(List.of(aws.s3(), aws.dynamoDb(), aws.sqs())).doesNotContainNull();
        return context;
    }

    /** For feeds that want it: drops the rows whose text begins with an f. */
    @Configuration(proxyBeanMethods = false)
    static class Transform {

        @Bean
        Function<Row, Optional<Row>> dropping() {
            return row -> Optional.of(row)
                    .filter(one ->
                            !(one.data().get("text") instanceof Value.Text(String text) && text.startsWith("f")));
        }
    }

    /** The process whose clients are being made. */
    static @Nullable ReaderProcess starting() {
        return STARTING.isBound() ? STARTING.get() : null;
    }

    /** The process is no more. */
    static final class KilledError extends Error {
        private static final long serialVersionUID = 1L;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** From now on calls fail by chance, or the process dies of them. */
    synchronized void begin(Random newChance) {
        begin(newChance, Integer.MAX_VALUE);
    }

    /**
     * From now on calls fail by chance, or the process dies of them, at the latest of the last one.
     *
     * @param events how many calls it may begin, those it hears of counted again
     */
    synchronized void begin(Random newChance, int events) {
        chance = newChance;
        eventsLeft = events;
        dead = false;
    }

    /** From now on nothing fails. */
    synchronized void end() {
        chance = null;
        eventsLeft = Integer.MAX_VALUE;
        dead = false;
    }

    /** How many processes have died of which calls, before they took effect or after. */
    synchronized Map<String, Integer> kills() {
        return new TreeMap<>(kills);
    }

    /** What the process does when a batch of rows has been written, before it hears of it. */
    void afterBatch(Runnable work) {
        afterBatch = work;
    }

    /** @throws KilledError if it did not survive that */
    ReadReport read(ObjectNotice notice, Invocation invocation) throws Exception {
        var readObjects = BeanAtWork.as("readObjects", bean(ReadObjects.class));
        return invocation.call(() -> readObjects.apply(new ObjectNotices(List.of(notice))));
    }

    synchronized void beforeCall(SdkRequest request) {
        strike(
                "before " + operation(request),
                fate -> fate % 2 == 0 ? throttled(request) : SdkClientException.create("The call was not begun."));
    }

    void afterCall(SdkRequest request) {
        synchronized (this) {
            strike(
                    "after " + operation(request),
                    _ -> SdkClientException.create("The call was done, but not answered."));
        }
        if (request instanceof BatchWriteItemRequest) {
            afterBatch.run();
        }
    }

    /** What the SDK throws when its own tries were throttled too. */
    private static SdkException throttled(SdkRequest request) {
        if (request instanceof DynamoDbRequest) {
            return ProvisionedThroughputExceededException.builder()
                    .statusCode(400)
                    .message("Slow down.")
                    .build();
        }
        return AwsServiceException.builder()
                .statusCode(503)
                .message("Slow down.")
                .awsErrorDetails(AwsErrorDetails.builder().errorCode("SlowDown").build())
                .build();
    }

    private static String operation(SdkRequest request) {
        return request.getClass().getSimpleName().replace("Request", "");
    }

    private void strike(String when, IntFunction<SdkException> failure) {
        int fate = 400;
        if (chance != null) {
            fate = chance.nextInt(1_000);
            eventsLeft--;
        }
        if ((fate < 2 || eventsLeft == 0) && !dead) {
            kills.merge(when, 1, Integer::sum);
            dead = true;
        }
        if (dead) {
            throw new KilledError();
        }
        if (fate < 20) {
            throw failure.apply(fate);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
