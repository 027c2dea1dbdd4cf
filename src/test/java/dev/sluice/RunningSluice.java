package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.local.LocalTriggers;
import dev.sluice.local.TriggerSettings;
import dev.sluice.serverless.BeanAtWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application on a free port with resources of its own in the local cloud, and the triggers in front of its door. */
final class RunningSluice implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final List<String> FAULTS = List.of(
            "{\"kind\":\"THROTTLE_RECORDS\",\"probability\":0.2,\"seed\":%d}",
            "{\"kind\":\"FAIL_RECORDS\",\"probability\":0.05,\"seed\":%d}",
            "{\"kind\":\"FAIL_REQUESTS\",\"operation\":\"PutRecords\",\"error\":\"InternalFailure\",\"probability\":0.1,\"seed\":%d}",
            "{\"kind\":\"LOSE_REPLIES\",\"operation\":\"PutRecords\",\"millis\":20,\"probability\":0.05,\"seed\":%d}");

    /** Every path takes them. */
    private static final Set<String> UNDESCRIBED = Set.of("HEAD", "OPTIONS");

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(6);

    private final LocalCloud cloud;
    private final LocalResources resources;
    private final ConfigurableApplicationContext context;
    private final LocalTriggers triggers;
    private final URI web;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile @Nullable ApiDescription api;

    private RunningSluice(
            LocalCloud cloud,
            LocalResources resources,
            TriggerSettings rules,
            List<Class<?>> beans,
            String... settings) {
        this.cloud = cloud;
        this.resources = resources;
        String[] arguments = Stream.of(
                        Stream.of("--server.port=0", "--management.endpoints.access.default=none"),
                        resources.settings(cloud).entrySet().stream().map(RunningSluice::argument),
                        Stream.of(settings))
                .flatMap(some -> some)
                .toArray(String[]::new);
        context = new SpringApplicationBuilder(SluiceApplication.class)
                .sources(beans.toArray(Class<?>[]::new))
                .sources(BeanAtWork.class)
                .run(arguments);
        web = URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
        triggers = new LocalTriggers(cloud, resources, web.resolve("/functions/triggerRouter"), rules);
        triggers.start();
    }

    /**
     * Starts it.
     *
     * @param prefix of the names of its resources; no other test uses it
     * @param settings as command line arguments
     */
    static RunningSluice start(String prefix, String... settings) {
        return start(prefix, List.of(), settings);
    }

    /** Starts it with beans of the test's own. */
    static RunningSluice start(String prefix, List<Class<?>> beans, String... settings) {
        return start(prefix, TriggerSettings.DEFAULT.withRetryPause(RETRY_PAUSE), beans, settings);
    }

    /** Starts it with triggers by these rules. */
    static RunningSluice start(String prefix, TriggerSettings rules, List<Class<?>> beans, String... settings) {
        LocalCloud cloud = LocalCloud.shared();
        cloud.useInThisJvm();
        return new RunningSluice(cloud, LocalResources.create(cloud, prefix), rules, beans, settings);
    }

    private static String argument(Map.Entry<String, String> setting) {
        return "--" + setting.getKey() + "=" + setting.getValue();
    }

    LocalCloud cloud() {
        return cloud;
    }

    LocalResources resources() {
        return resources;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(web.resolve(path)));
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(web.resolve(path)).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> reply = http.send(request.build(), BodyHandlers.ofString());
            check(reply);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** No reply may be another than the description of the API promises. */
    private void check(HttpResponse<String> reply) throws IOException, InterruptedException {
        String method = reply.request().method();
        ApiDescription described = api;
        if (described == null) {
            HttpRequest request =
                    HttpRequest.newBuilder(web.resolve("/api/openapi.json")).build();
            described = new ApiDescription(
                    http.send(request, BodyHandlers.ofString()).body());
            api = described;
        }
        String operation = described.operation(method, reply.uri().getRawPath());
        if (!operation.isEmpty() && !UNDESCRIBED.contains(method)) {
            String type = reply.headers().firstValue("content-type").orElse("");
            assertThat(described.faults(operation, reply.statusCode(), type, reply.body()))
                    .as("%s answers %d %s", operation, reply.statusCode(), reply.body())
                    .isEmpty();
            checked.add(operation + " " + reply.statusCode());
        }
    }

    /** Which replies have been found to be as described, as {@code GET /path 200}. */
    Set<String> checked() {
        return Set.copyOf(checked);
    }

    URI at(String path) {
        return web.resolve(path);
    }

    /** Every item of a list, page after page. */
    List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        String separator = path.contains("?") ? "&" : "?";
        String next = path;
        while (!next.isEmpty()) {
            JsonNode page = JSON.readTree(get(next).body());
            page.path("items").forEach(items::add);
            next = page.has("cursor")
                    ? path + separator + "cursor=" + page.path("cursor").asString()
                    : "";
        }
        return items;
    }

    void upload(String key, byte[] content) {
        cloud.s3Client().putObject(put -> put.bucket(resources.bucket()).key(key), RequestBody.fromBytes(content));
    }

    void upload(String key, String content) {
        upload(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code readObjects} answers for one object, called by name, once no other reader has it. */
    JsonNode read(String key) {
        var notices = JSON.createObjectNode();
        notices.putArray("notices")
                .addObject()
                .put("bucket", resources.bucket())
                .put("key", key);
        return await().pollInSameThread().until(() -> outcome(notices), outcome -> !outcome.path("state")
                .asString("")
                .equals("waiting"));
    }

    private JsonNode outcome(JsonNode notices) {
        return JSON.readTree(post("/functions/readObjects", notices.toString()).body())
                .path("objects")
                .path(0);
    }

    /** The ledger's entry of an object. */
    JsonNode object(String key) {
        return all("/api/objects?limit=200").stream()
                .filter(object -> object.path("key").asString().equals(key))
                .findFirst()
                .orElse(JSON.missingNode());
    }

    /** Lets Kinesis refuse records and requests and lose replies. */
    void kinesisFaults(Random random) {
        FAULTS.forEach(fault ->
                faults(HttpRequest.newBuilder().POST(BodyPublishers.ofString(fault.formatted(random.nextLong())))));
    }

    void noKinesisFaults() {
        faults(HttpRequest.newBuilder().DELETE());
    }

    private void faults(HttpRequest.Builder request) {
        int status = send(request.uri(cloud.kinesis().resolve("/_faults"))).statusCode();
        if (status >= 300) {
            throw new IllegalStateException("Kinesis answered " + status);
        }
    }

    /** Every change event that Kinesis holds, shard after shard, each shard in its order. */
    List<JsonNode> events() {
        var events = new ArrayList<JsonNode>();
        String stream = resources.stream();
        for (var shard : cloud.kinesisClient()
                .listShards(list -> list.streamName(stream))
                .shards()) {
            String iterator = cloud.kinesisClient()
                    .getShardIterator(get -> get.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            boolean more = true;
            while (more) {
                String from = iterator;
                var records = cloud.kinesisClient().getRecords(get -> get.shardIterator(from));
                for (Record record : records.records()) {
                    JsonNode json = JSON.readTree(record.data().asByteArray());
                    // Consecutive changes of one key ride in one record, as an array.
                    (json.isArray() ? json : List.of(json)).forEach(events::add);
                }
                iterator = records.nextShardIterator();
                more = iterator != null && records.millisBehindLatest() > 0;
            }
        }
        return events;
    }

    @Override
    public void close() {
        triggers.close();
        context.close();
        http.close();
    }
}
