package dev.sluice.local;

import dev.sluice.SluiceApplication;
import dev.sluice.change.ChangeEvent;
import dev.sluice.serverless.BeanAtWork;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/**
 * The app as a process that can be killed and started again on the same port. Its consumer writes down the key of each event
 * before it says that the event is done.
 */
final class AppProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);
    private static final String KEPT = "kept.keys";

    private final LocalCloud cloud;
    private final LocalResources resources;
    private final Path kept;
    private final int port;
    private Child child;

    AppProcess(LocalCloud cloud, LocalResources resources, Path kept) throws IOException {
        this.cloud = cloud;
        this.resources = resources;
        this.kept = kept;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        child = start();
    }

    public static void main(String[] args) {
        Lifeline.serve(() -> new SpringApplicationBuilder(SluiceApplication.class, Keeping.class, BeanAtWork.class)
                .run(args)
                .getEnvironment()
                .getRequiredProperty("local.server.port", Integer.class));
    }

    static class Keeping {

        @Bean
        static Consumer<ChangeEvent> keepKeys() throws IOException {
            var file = FileChannel.open(
                    Path.of(System.getProperty(KEPT)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return event -> {
                try {
                    file.write(ByteBuffer.wrap((event.key() + "\n").getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            };
        }
    }

    private Child start() {
        var flags = Stream.concat(
                        Stream.of(Map.entry(KEPT, kept.toString())),
                        cloud.endpoints().systemProperties().entrySet().stream())
                .map(each -> "-D" + each.getKey() + "=" + each.getValue());
        var settings = Stream.concat(
                        Stream.of(
                                "--server.port=" + port,
                                "--sluice.consumers=keepKeys",
                                "--management.endpoints.access.default=none"),
                        resources.settings(cloud).entrySet().stream()
                                .map(each -> "--" + each.getKey() + "=" + each.getValue()))
                .toList();
        return Child.start(
                "App",
                AppProcess.class,
                Stream.concat(Stream.of("-Xmx512m"), flags).toList(),
                settings,
                _ -> {});
    }

    URI at(String path) {
        child.awaitPort(START);
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Ends it where it is, with nothing said, and starts it again. */
    void killAndRestart() {
        child.close();
        child = start();
        child.awaitPort(START);
    }

    String tail() {
        return child.tail();
    }

    /** The keys that the consumer has done, in order, again and again where it was told again. */
    List<String> keys() {
        try {
            var text = Files.exists(kept) ? Files.readString(kept) : "";
            // Without what is just being written.
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
