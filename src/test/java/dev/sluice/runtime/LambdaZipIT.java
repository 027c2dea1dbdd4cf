package dev.sluice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.runtime.Reply.Failure;
import dev.sluice.runtime.Reply.Success;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LambdaZipIT {

    private static final Path ZIP = Path.of("target", "sluice-lambda.zip");

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

        private static final Map<String, String> DEPLOYED = Map.of(
                "MAIN_CLASS", "dev.sluice.SluiceApplication", "SPRING_CLOUD_FUNCTION_DEFINITION", "triggerRouter");
        private static final Duration LIMIT = Duration.ofSeconds(30);

        @SuppressWarnings("NullAway.Init")
        private static LambdaProcess lambda;

        @BeforeAll
        static void start() throws IOException, InterruptedException {
            lambda = LambdaProcess.start(ZIP, DEPLOYED);
        }

        @AfterAll
        static void stop() throws IOException {
            lambda.close();
        }

        @Test
        void answersWithTheFunctionsBytes() throws InterruptedException {
            byte[] event = "{\"Records\":[]}".getBytes(UTF_8);

            assertThat(lambda.invoke(event, LIMIT))
                    .isInstanceOfSatisfying(
                            Success.class, reply -> assertThat(reply.body()).isEqualTo(event));
        }

        @Test
        void reportsAnExceptionByItsType() throws InterruptedException {
            var reply = lambda.invoke("{\"unknown\":true}".getBytes(UTF_8), LIMIT);

            assertThat(reply).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.errorType())
                    .isEqualTo(IllegalArgumentException.class.getName()));
        }

        @Test
        void marksAFunctionErrorOnTheInvokeApi() throws IOException, InterruptedException {
            try (var http = HttpClient.newHttpClient()) {
                var request = HttpRequest.newBuilder(lambda.invocations());

                var good = http.send(
                        request.POST(HttpRequest.BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
                var bad = http.send(
                        request.POST(HttpRequest.BodyPublishers.ofString("{\"unknown\":1}"))
                                .build(),
                        BodyHandlers.ofString());

                assertThat(good.statusCode()).isEqualTo(200);
                assertThat(good.body()).isEqualTo("{}");
                assertThat(good.headers().firstValue("X-Amz-Function-Error")).isEmpty();
                assertThat(bad.statusCode()).isEqualTo(200);
                assertThat(bad.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
                assertThat(bad.body()).contains("\"errorType\":\"java.lang.IllegalArgumentException\"");
            }
        }

        @Test
        void saysWhyItDidNotStart() {
            var broken = Map.of("MAIN_CLASS", "dev.sluice.Missing");

            assertThatIllegalStateException()
                    .isThrownBy(() -> LambdaProcess.start(ZIP, broken).close())
                    .withMessageContaining("did not start")
                    .withMessageContaining("dev.sluice.Missing")
                    .withStackTraceContaining("Initialisation failed");
        }
    }
}
