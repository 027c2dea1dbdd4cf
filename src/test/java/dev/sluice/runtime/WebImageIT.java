package dev.sluice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.util.FileSystemUtils;

/** What the image's target {@code web} is made of and runs, with this JDK and without a container. */
@EnabledOnOs(OS.LINUX)
class WebImageIT {

    private static final Path IMAGE = Path.of("target", "image-web").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int TERMINATED = 128 + 15;

    /** As in the Dockerfile. */
    @BeforeAll
    static void make() throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(IMAGE);
        var extraction = new ProcessBuilder(
                        JAVA.resolve("java").toString(),
                        "-Djarmode=tools",
                        "-jar",
                        "target/sluice.jar",
                        "extract",
                        "--destination",
                        IMAGE.toString())
                .inheritIO()
                .start();
        assertThat(extraction.waitFor()).isZero();
        Files.copy(
                Path.of("src", "image", "web"),
                IMAGE.resolve("web"),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void isHealthyOnceItAnswersAndEndsWhenAskedWithTheAnswerThatItOwes() throws IOException, InterruptedException {
        int port = freePort();
        var environment = Map.of("SERVER_ADDRESS", "127.0.0.1", "SERVER_PORT", Integer.toString(port));
        try (var aws = new AwsStandIn(IMAGE)) {
            assertThat(ended(start("health", aws, environment))).isNotZero();
            Process web = start("run", aws, environment);
            try {
                var _ = LogTail.of(web.getInputStream());
                await().until(() -> ended(start("health", aws, environment)) == 0);

                try (var request = new Socket(InetAddress.getLoopbackAddress(), port);
                        var answer = new BufferedReader(new InputStreamReader(request.getInputStream(), UTF_8))) {
                    send(request, """
                            POST /functions/readObjects HTTP/1.1\r
                            Host: localhost:%d\r
                            Content-Type: application/json\r
                            Content-Length: 14\r
                            Expect: 100-continue\r
                            Connection: close\r
                            \r
                            """.formatted(port));
                    assertThat(answer.readLine()).contains("100");
                    web.toHandle().destroy();
                    await().until(() -> isClosed(port));
                    send(request, "{\"notices\":[]}");

                    assertThat(answer.readLine()).isEmpty();
                    assertThat(answer.readLine()).contains("200");
                }
                assertThat(web.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(web.exitValue()).isEqualTo(TERMINATED);
            } finally {
                web.destroyForcibly();
            }
        }
    }

    @Test
    void withoutAnIssuerItDoesNotStartWhereOthersGetIn() throws IOException, InterruptedException {
        try (var aws = new AwsStandIn(IMAGE)) {
            Process web = start("run", aws, Map.of("SERVER_ADDRESS", "0.0.0.0", "SERVER_PORT", "0"));
            String output = new String(web.getInputStream().readAllBytes(), UTF_8);

            assertThat(web.waitFor()).isEqualTo(1);
            assertThat(output).contains("server.address is '0.0.0.0'").contains("set sluice.access.issuer");
        }
    }

    private static Process start(String command, AwsStandIn aws, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(IMAGE.resolve("web").toString(), command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(aws.settings());
        builder.environment()
                .putAll(Map.of(
                        "PATH", JAVA + File.pathSeparator + System.getenv("PATH"),
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int ended(Process process) throws IOException, InterruptedException {
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private static void send(Socket request, String text) throws IOException {
        request.getOutputStream().write(text.getBytes(UTF_8));
        request.getOutputStream().flush();
    }

    private static boolean isClosed(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return false;
        } catch (ConnectException _) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
