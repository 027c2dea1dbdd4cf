package dev.sluice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalIssuer;
import dev.sluice.local.LocalResources;
import dev.sluice.local.LocalTriggers;
import dev.sluice.local.TriggerSettings;
import dev.sluice.runtime.Reply.Failure;
import dev.sluice.runtime.Reply.Success;
import dev.sluice.serverless.CallRecorder;
import dev.sluice.value.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LambdaZipIT {

    private static final Path ZIP = Path.of("target", "sluice-lambda.zip");
    private static final JsonMapper JSON = JsonMapper.shared();

    @Nested
    class Content {

        private final List<String> names = names();

        @Test
        void putsClassesAndSettingsAtTheRoot() {
            assertThat(names).contains("dev/sluice/SluiceApplication.class", "application.yml");
        }

        @Test
        void holdsNoWebServerAndNoTestJar() {
            assertThat(names)
                    .noneMatch(name -> name.matches(
                            "lib/(tomcat|jetty|netty|undertow|spring-webmvc|spring-webflux|spring-websocket"
                                    + "|spring-cloud-function-web|spring-boot-(tomcat|webmvc|servlet)"
                                    + "|junit|assertj|mockito|jqwik|archunit|s3mock|DynamoDBLocal|elasticmq"
                                    + "|aws-lambda-java-runtime-interface-client|spring-(boot-)?test).*"));
        }

        @Test
        void holdsEachLibraryOnce() {
            var libraries = names.stream()
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .map(name -> name.replaceFirst("-\\d[^/]*\\.jar$", ""))
                    .toList();

            assertThat(libraries).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        }

        /** Of two, the one that comes first would be run, whichever that is. */
        @Test
        void holdsTheHandlerAndNoClassTwice() throws IOException {
            var classes = new TreeSet<>(names.stream().filter(Content::isClass).toList());
            var twice = new TreeSet<String>();
            try (var zip = new ZipFile(ZIP.toFile())) {
                for (String library :
                        names.stream().filter(name -> name.endsWith(".jar")).toList()) {
                    try (var jar = new ZipInputStream(zip.getInputStream(zip.getEntry(library)))) {
                        for (var entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                            if (isClass(entry.getName()) && !classes.add(entry.getName())) {
                                twice.add(library + ": " + entry.getName());
                            }
                        }
                    }
                }
            }

            assertThat(twice).isEmpty();
            assertThat(classes)
                    .hasSizeGreaterThan(10_000)
                    .contains("org/springframework/cloud/function/adapter/aws/FunctionInvoker.class");
        }

        /** Each jar may have a module's description, and classes for some versions of Java only. */
        private static boolean isClass(String name) {
            return name.endsWith(".class")
                    && !name.startsWith("META-INF/versions/")
                    && !name.endsWith("module-info.class");
        }

        @Test
        void staysSmall() throws IOException {
            assertThat(Files.size(ZIP)).isLessThan(36L * 1024 * 1024);
        }

        private static List<String> names() {
            try (var zip = new ZipFile(ZIP.toFile())) {
                return zip.stream().map(ZipEntry::getName).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class Running {

        private static final Path EVENTS = Path.of("src", "test", "resources", "events");
        private static final Duration LIMIT = Duration.ofMinutes(2);

        @SuppressWarnings("NullAway.Init")
        private static LocalResources resources;

        private static final LocalIssuer ISSUER = LocalIssuer.start();

        @SuppressWarnings("NullAway.Init")
        private static LambdaProcess lambda;

        @BeforeAll
        static void start() throws IOException, InterruptedException {
            resources = LocalResources.create(LocalCloud.shared(), "lambda");
            lambda = LambdaProcess.start(ZIP, CallRecorder::putInto, recorded());
        }

        @AfterAll
        static void stop() throws IOException {
            lambda.close();
            ISSUER.close();
        }

        /** What the recorder of calls needs, too. */
        private static Map<String, String> recorded() {
            var environment = deployed();
            environment.putAll(CallRecorder.variables());
            return environment;
        }

        /** What the deployment sets, and where the local cloud and its issuer are. */
        private static Map<String, String> deployed() {
            var environment = new HashMap<>(LocalCloud.shared().endpoints().environment());
            environment.put("MAIN_CLASS", "dev.sluice.SluiceApplication");
            environment.put("SPRING_CLOUD_FUNCTION_DEFINITION", "triggerRouter");
            environment.put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
            resources.settings(LocalCloud.shared()).forEach((name, value) -> environment.put(variable(name), value));
            ISSUER.settings().forEach((name, value) -> environment.put(variable(name), value));
            return environment;
        }

        private static String variable(String setting) {
            return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
        }

        @Test
        void oneProcessTakesAnEventOfEachTrigger() throws IOException, InterruptedException {
            String key = "subdivisions/subdivision-codes.csv";
            upload(key, "SUCountry,SUCode,SUName\nAD,02,Canillo\nAD,03,Encamp\nAD,04\n");
            String id = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((resources.bucket() + "/" + key).getBytes(UTF_8));

            // The sample tells of another version than the one that lies there, which is read all the same.
            assertThat(reply("s3")).isEqualTo("""
                            {"objects":[{"id":"%s","bucket":"%s","key":"%s","state":"superseded","reason":"",\
                            "records":3,"rows":2,"rejects":1,"dropped":0}],"unread":[]}""".formatted(id, resources.bucket(), key));
            assertThat(reply("sqs")).isEqualTo("{\"batchItemFailures\":[]}");
            assertThat(reply("stream")).isEqualTo("{\"batchItemFailures\":[]}");
            assertThat(reply("kinesis")).isEqualTo("{\"batchItemFailures\":[]}");
            assertThat(reply("direct"))
                    .isEqualTo("{\"looked\":0,\"unread\":0,\"changed\":0,\"stuck\":0,\"vanished\":0,\"enqueued\":0}");
            assertThat(metric()).isEqualTo(JSON.readTree("""
                            {"Namespace":"Sluice","Dimensions":[["Bucket"]],"Metrics":[{"Name":"OldestWaiting","Unit":"Seconds"}]}"""));
            JsonNode feeds = JSON.readTree(signedIn("http"));
            ((ObjectNode) feeds.path("headers")).remove("etag");
            assertThat(feeds).isEqualTo(JSON.readTree("""
                                    {"statusCode":200,
                                    "headers":{"content-type":"application/json","cache-control":"private, no-cache","vary":"authorization",\
                                    "content-security-policy":"default-src 'none'; frame-ancestors 'none'","referrer-policy":"no-referrer",\
                                    "strict-transport-security":"max-age=31536000","x-content-type-options":"nosniff"},
                                    "body":"{\\"items\\":[\
                                    {\\"name\\":\\"countries\\",\\"bucket\\":\\"\\",\\"match\\":\\"countries/*.csv*\\",\\"format\\":\\"csv\\",\\"key\\":[\\"ISO3166-1-Alpha-3\\"]},\
                                    {\\"name\\":\\"subdivisions\\",\\"bucket\\":\\"\\",\\"match\\":\\"subdivisions/*.csv*\\",\\"format\\":\\"csv\\",\\"key\\":[\\"SUCountry\\",\\"SUCode\\"]},\
                                    {\\"name\\":\\"places\\",\\"bucket\\":\\"\\",\\"match\\":\\"places/*.ndjson*\\",\\"format\\":\\"ndjson\\",\\"key\\":[\\"id\\"]}]}",
                                    "isBase64Encoded":false}"""));
            assertThat(changeEvents()).isNotEmpty().allSatisfy(event -> assertThat(event)
                    .contains("\"traceparent\":\"00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01\""));
            assertThat(lambda.log()).doesNotContain("Canillo", "SUName");
        }

        @ParameterizedTest
        @CsvSource({
            "http-rest-base-path, 404, 404, headers",
            "http-rest,           401, 404, headers",
            "http-v1,             401, 404, headers",
            "http-stage,          401, 422, headers",
            "http-url,            401, 404, headers",
            "http-alb,            401, 404, headers",
            "http-alb-health,     200, 200, headers",
            "http-alb-many,       401, 404, multiValueHeaders"
        })
        void theSameProcessAnswersEveryFormOfHttp(String event, int unasked, int status, String headers)
                throws IOException, InterruptedException {
            assertThat(JSON.readTree(reply(event)).path("statusCode").asInt()).isEqualTo(unasked);

            JsonNode reply = JSON.readTree(signedIn(event));

            assertThat(reply.path("statusCode").asInt()).isEqualTo(status);
            assertThat(reply.path(headers).path("content-type").toString())
                    .contains(status == 200 ? "application/json" : "application/problem+json");
            assertThat(reply.has("statusDescription")).isEqualTo(event.startsWith("http-alb"));
            // A token's header and claims are JSON in base64, so they begin with it.
            assertThat(lambda.log()).doesNotContain("eyJ");
        }

        @Test
        void theSameProcessTakesAConnectionsEvents() throws IOException, InterruptedException {
            assertThat(reply("websocket-connect")).isEqualTo("{\"statusCode\":401}");
            keepTicket("kX3v0bqJm8sT1uYw5zR7cFhL2nPdG4aE6iOjVtBQxSk");
            assertThat(reply("websocket-connect")).isEqualTo("{\"statusCode\":200}");
            assertThat(reply("websocket-connect")).isEqualTo("{\"statusCode\":401}");
            assertThat(reply("websocket-message"))
                    .isEqualTo(
                            "{\"statusCode\":200,\"body\":\"{\\\"feed\\\":\\\"countries\\\",\\\"key\\\":\\\"DEU\\\"}\"}");
            assertThat(reply("websocket-route"))
                    .isEqualTo("{\"statusCode\":200,\"body\":\"{\\\"feed\\\":\\\"subdivisions\\\"}\"}");
            assertThat(reply("websocket-disconnect")).isEqualTo("{\"statusCode\":200}");
            assertThat(reply("websocket-message")).startsWith("{\"statusCode\":410,");
            assertThat(lambda.log()).doesNotContain("TVbq6fW1IAMCJxw=", "kX3v0bqJm8sT1uYw5zR7cFhL2nPdG4aE6iOjVtBQxSk");
        }

        /** As the route for it does, which lets only those in who are signed in. */
        private static void keepTicket(String ticket) {
            String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(ticket));
            String expires = Long.toString(Instant.now().getEpochSecond() + 30);
            LocalCloud.shared().dynamoDbClient().putItem(put -> put.tableName(resources.connectionsTable())
                    .item(Map.of(
                            "id", AttributeValue.fromS("ticket:" + hash),
                            "expires", AttributeValue.fromN(expires))));
        }

        @Test
        void oneProcessTakesEveryFormOfNotice() throws IOException, InterruptedException {
            assertThat(reply("s3-test")).isEqualTo("{\"objects\":[],\"unread\":[]}");
            for (String event : List.of("s3-removed", "eventbridge-deleted")) {
                assertThat(reply(event)).as(event).contains("\"key\":\"subdivisions/gone away.csv\"", "\"unread\":[]");
            }
            for (String event : List.of("sns", "eventbridge")) {
                assertThat(reply(event)).as(event).contains("\"key\":\"subdivisions/subdivision-codes.csv\"");
            }
            for (String event : List.of("sqs-sns", "sqs-sns-raw", "sqs-fifo")) {
                assertThat(reply(event)).as(event).isEqualTo("{\"batchItemFailures\":[]}");
            }
        }

        @Test
        void theSameProcessRefusesWhatNoBeanTakesByName() throws IOException, InterruptedException {
            try (Stream<Path> events = Files.list(EVENTS.resolve("foreign"))) {
                for (Path event : events.toList()) {
                    assertThat(lambda.invoke(Files.readAllBytes(event), LIMIT))
                            .as("%s", event)
                            .isInstanceOfSatisfying(Failure.class, failure -> {
                                assertThat(failure.errorType()).isEqualTo("dev.sluice.trigger.UnknownEventException");
                                assertThat(new String(failure.body(), UTF_8))
                                        .containsPattern("of which Sluice takes none|a schedule's without an input")
                                        .doesNotContain("123456789012", "not-a-real", "somebody");
                            });
                }
            }
            assertThat(lambda.log()).doesNotContain("not-a-real", "somebody");
        }

        @Test
        void aFileGoesThroughTheWholePipeline() throws IOException {
            var function = lambda.invocations();
            try (var triggers = new LocalTriggers(LocalCloud.shared(), resources, function, TriggerSettings.DEFAULT)) {
                triggers.start();

                upload(
                        "countries/country-codes.csv",
                        Files.readString(Path.of("samples", "countries", "country-codes.csv")));

                await().until(() -> changeEvents().stream()
                                .filter(event -> event.contains("\"subject\":\"countries/"))
                                .filter(event -> event.contains("inserted"))
                                .count()
                        >= 249);
                await().until(() -> lambda.log().contains("countries inserted"));
            }
        }

        @Test
        void logsAreJsonLines() throws IOException, InterruptedException {
            reply("kinesis");

            // It is read beside the reply, and its last line may be there in part.
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(lambda.log().lines().filter(line -> line.contains("LogSummary")))
                            .isNotEmpty()
                            .allSatisfy(line -> assertThat(
                                            JSON.readTree(line).path("message").asString())
                                    .startsWith("Changes:")));
        }

        @Test
        void anUnknownEventIsAnErrorThatNamesItsKeysOnly() throws InterruptedException {
            var reply = lambda.invoke("{\"first\":\"s3cret\",\"second\":1}".getBytes(UTF_8), LIMIT);

            assertThat(reply).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.errorType()).isEqualTo("dev.sluice.trigger.UnknownEventException");
                assertThat(new String(failure.body(), UTF_8))
                        .contains("first, second")
                        .doesNotContain("s3cret");
            });
            assertThat(lambda.log()).doesNotContain("s3cret");
        }

        /** Of the zip as it is, without the recorder of calls beside it. */
        @Test
        void aTriggerThatIsNotAcceptedIsRefused() throws IOException, InterruptedException {
            var environment = deployed();
            environment.put("SLUICE_ACCEPTS", "s3,stream");
            ISSUER.settings().keySet().forEach(name -> environment.remove(variable(name)));
            Path loaded = Path.of("target", "loaded-classes.txt").toAbsolutePath();
            environment.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=%s::filecount=0".formatted(loaded));

            try (var reader = LambdaProcess.start(ZIP, environment)) {
                assertThat(reader.invoke(event("http"), LIMIT))
                        .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.errorType())
                                .isEqualTo("dev.sluice.trigger.RefusedTriggerException"));
                assertThat(reader.invoke(event("stream"), LIMIT)).isInstanceOf(Success.class);
            }
            // What only signing in needs costs nobody else anything.
            assertThat(Files.readString(loaded))
                    .contains("dev.sluice.access.AccessConfiguration")
                    .doesNotContain("com.nimbusds");
        }

        @Test
        void aWrongSettingIsNamedWhenInitialisationFails() {
            var environment = deployed();
            environment.put("SLUICE_ACCEPTS", "s3,carrier-pigeon");

            assertThatIllegalStateException()
                    .isThrownBy(() -> LambdaProcess.start(ZIP, environment).close())
                    .withMessageContaining(
                            "The setting sluice.accepts names 'carrier-pigeon', but the triggers are [direct, eventbridge, http, kinesis, s3, sns, sqs, stream, websocket].");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "SLUICE_ACCEPT                    | s3           | The setting SLUICE_ACCEPT is none that Sluice reads: correct its name or remove it.",
                    "SPRING_CLOUD_FUNCTION_DEFINITION | triggerRoute | The setting spring.cloud.function.definition names 'triggerRoute', but there is no function of that name: on Lambda it is triggerRouter.",
                    "SPRING_CLOUD_FUNCTION_DEFINITION | ''           | The setting spring.cloud.function.definition is missing: on Lambda set the environment variable SPRING_CLOUD_FUNCTION_DEFINITION to triggerRouter.",
                    "SPRING_CLOUD_FUNCTION_DEFINITION |              | The setting spring.cloud.function.definition is missing: on Lambda set the environment variable SPRING_CLOUD_FUNCTION_DEFINITION to triggerRouter."
                })
        void aVariableThatNamesNothingStopsTheInitialisation(String name, @Nullable String value, String sentence) {
            var environment = deployed();
            environment.remove(name);
            if (value != null) {
                environment.put(name, value);
            }

            assertThatIllegalStateException()
                    .isThrownBy(() -> LambdaProcess.start(ZIP, environment).close())
                    .withMessageContaining(sentence);
        }

        /** As CloudWatch finds it in the log, with the value and the dimension that it names. */
        private static JsonNode metric() {
            // It is read beside the reply, and its last line may be there in part.
            JsonNode line = await().ignoreExceptions()
                    .until(
                            () -> lambda.log()
                                    .lines()
                                    .filter(one -> one.contains("\"_aws\""))
                                    .map(JSON::readTree)
                                    .toList(),
                            found -> !found.isEmpty())
                    .getFirst();
            assertThat(line.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
            assertThat(line.path("OldestWaiting").isIntegralNumber()).isTrue();
            assertThat(line.path("Bucket").asString()).isEqualTo(resources.bucket());
            return line.at("/_aws/CloudWatchMetrics/0");
        }

        private static String reply(String event) throws IOException, InterruptedException {
            var reply = lambda.invoke(event(event), LIMIT);
            assertThat(reply).as(() -> lambda.log()).isInstanceOf(Success.class);
            return new String(reply.body(), UTF_8);
        }

        /** The same of a request that an operator sends. */
        private static String signedIn(String event) throws IOException, InterruptedException {
            String token = "Bearer " + ISSUER.accessToken("operator");
            var request = (ObjectNode) JSON.readTree(event(event));
            if (request.get("headers") instanceof ObjectNode headers) {
                headers.put("authorization", token);
            }
            if (request.get("multiValueHeaders") instanceof ObjectNode headers) {
                headers.putArray("authorization").add(token);
            }
            var reply = lambda.invoke(JSON.writeValueAsBytes(request), LIMIT);
            assertThat(reply).as(() -> lambda.log()).isInstanceOf(Success.class);
            return new String(reply.body(), UTF_8);
        }

        private static byte[] event(String name) throws IOException {
            return Files.readString(EVENTS.resolve(name + ".json"))
                    .replace("sluice-files", resources.bucket())
                    .getBytes(UTF_8);
        }

        private static void upload(String key, String content) {
            LocalCloud.shared()
                    .s3Client()
                    .putObject(put -> put.bucket(resources.bucket()).key(key), RequestBody.fromString(content));
        }

        private static List<String> changeEvents() {
            var kinesis = LocalCloud.shared().kinesisClient();
            return kinesis.listShards(list -> list.streamName(resources.stream())).shards().stream()
                    .map(shard -> kinesis.getShardIterator(get -> get.streamName(resources.stream())
                                    .shardId(shard.shardId())
                                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                            .shardIterator())
                    .flatMap(iterator -> kinesis.getRecords(get -> get.shardIterator(iterator)).records().stream())
                    .map(record -> record.data().asUtf8String())
                    .toList();
        }
    }
}
