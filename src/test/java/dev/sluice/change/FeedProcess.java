package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.invocation.Invocation;
import dev.sluice.letter.LetterConfiguration;
import dev.sluice.serverless.BeanAtWork;
import dev.sluice.store.StoreConfiguration;
import dev.sluice.work.WorkConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * {@code forwardChanges} and {@code processChanges} with clients of their own, as a process of its own would have them.
 * It can be killed at any call: from then on no call of it is begun, and what a killed call asked for has taken effect or
 * not.
 */
final class FeedProcess implements AutoCloseable {

    static final String STREAM = "changes";
    static final String STORE = "feed-process-store";

    private static final ScopedValue<FeedProcess> STARTING = ScopedValue.newInstance();
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final ConfigurableApplicationContext context;
    private @Nullable Random chance;
    private boolean dead;

    /** How often an event, by its id, was in a request that was not answered. */
    final Map<String, Integer> unanswered = new HashMap<>();

    int requests;

    /** How long each request may take at most that says so of itself. */
    final Queue<Duration> limits = new ConcurrentLinkedQueue<>();

    private FeedProcess(Map<String, String> endpoints, String... settings) {
        // Any will do everywhere; the SDK looks for them at each call.
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local-secret");
        Map<String, @Nullable String> before = new HashMap<>();
        endpoints.forEach((name, value) -> before.put(name, System.getProperty(name)));
        endpoints.forEach(System::setProperty);
        try {
            context = ScopedValue.where(STARTING, this).call(() -> start(settings));
        } finally {
            before.forEach(FeedProcess::restore);
        }
    }

    /** The store bucket, which other tests may have made. */
    static void createStore(S3Client s3) {
        if (s3.listBuckets().buckets().stream()
                .noneMatch(bucket -> bucket.name().equals(STORE))) {
            s3.createBucket(create -> create.bucket(STORE));
        }
    }

    /** One whose store bucket does not answer. */
    static FeedProcess start(URI kinesis, String... settings) {
        return start(kinesis, NOWHERE, settings);
    }

    static FeedProcess start(URI kinesis, URI s3, String... settings) {
        return new FeedProcess(
                Map.of(
                        "aws.endpointUrlKinesis", kinesis.toString(),
                        "aws.endpointUrlS3", s3.toString()),
                settings);
    }

    /** One for benches, which find their Kinesis in the environment. */
    static FeedProcess toEndpointsOfTheEnvironment(String... settings) {
        return new FeedProcess(Map.of(), settings);
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    private static ConfigurableApplicationContext start(String... settings) {
        var context = new SpringApplicationBuilder(
                        AwsConfiguration.class,
                        StoreConfiguration.class,
                        LetterConfiguration.class,
                        WorkConfiguration.class,
                        ChangeConfiguration.class,
                        JacksonAutoConfiguration.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(Stream.concat(
                                Stream.of(
                                        "--logging.level.dev.sluice=off",
                                        "--sluice.changes.stream=" + STREAM,
                                        "--sluice.consumers=logSummary",
                                        "--sluice.store.bucket=" + STORE,
                                        "--sluice.work.queue=http://127.0.0.1:1/work"),
                                Stream.of(settings))
                        .toArray(String[]::new));
        var aws = context.getBean(AwsClients.class);
        assertThat(List.of(aws.s3(), aws.kinesis())).doesNotContainNull();
        return context;
    }

    /** The process whose clients are being made. */
    static @Nullable FeedProcess starting() {
        return STARTING.isBound() ? STARTING.get() : null;
    }

    /** The process is no more. */
    static final class KilledError extends Error {
        private static final long serialVersionUID = 1L;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** From now on the process dies by chance of a call; a dead one begins anew. */
    void begin(Random newChance) {
        chance = newChance;
        dead = false;
    }

    /** From now on it lives. */
    void end() {
        chance = null;
        dead = false;
    }

    BatchReply forward(List<Change> changes) throws Exception {
        return forward(changes, Invocation.unbounded());
    }

    /** @throws KilledError if the process did not survive that */
    BatchReply forward(List<Change> changes, Invocation invocation) throws Exception {
        return invocation.call(() ->
                BeanAtWork.as("forwardChanges", bean(ForwardChanges.class)).apply(new ChangeBatch(changes)));
    }

    void beforeCall(SdkRequest request) {
        strike();
        requests++;
        request.overrideConfiguration()
                .flatMap(RequestOverrideConfiguration::apiCallTimeout)
                .ifPresent(limits::add);
    }

    void afterCall(Object request) {
        try {
            strike();
        } catch (KilledError e) {
            failed(request);
            throw e;
        }
    }

    void failed(Object request) {
        if (request instanceof PutRecordsRequest put) {
            put.records().forEach(record -> Feed.events(record.data())
                    .forEach(event -> unanswered.merge(event.path("id").stringValue(), 1, Integer::sum)));
        }
    }

    private void strike() {
        dead |= chance != null && chance.nextInt(60) == 0;
        if (dead) {
            throw new KilledError();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
