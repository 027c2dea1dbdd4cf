package dev.sluice.local;

import dev.sluice.SluiceApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Sluice on one machine: the local cloud, its resources, the web app, the triggers, and the sample files read.
 *
 * <p>The annotation is only for {@code mvn spring-boot:test-run}, which tells this main class by it from those of the
 * child processes.
 */
@SpringBootApplication
public final class LocalSluice {

    private static final String USUAL_PORT = "8080";
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private LocalSluice() {}

    /** Runs until it is interrupted, or until the process that started it ends. */
    public static void main(String[] args) throws IOException {
        long begun = System.nanoTime();
        int port = port();
        LocalSignIn signIn = signIn();
        endWithParent();
        IO.println("Sluice starts its local cloud: S3, DynamoDB, Kinesis and SQS, each a process on this machine.");
        LocalCloud cloud = LocalCloud.start(line -> IO.println("  " + line));
        atEnd(cloud::close);
        cloud.useInThisJvm();
        LocalResources resources = LocalResources.create(cloud, "sluice");
        IO.println("  Buckets, tables, stream and queues are created");
        start(cloud, resources, signIn, port, args);
        URI web = URI.create("http://127.0.0.1:" + port);
        LocalCloudFile.of(cloud, resources, web).write(Path.of("target", "local-cloud.json"));
        IO.println("  The web app answers after %d s"
                .formatted(Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
        Child triggers = LocalTriggers.startChild(
                cloud,
                resources,
                web.resolve("/functions/triggerRouter"),
                TriggerSettings.DEFAULT,
                line -> IO.println("  " + line));
        atEnd(triggers::close);
        triggers.awaitPort(LONGEST_START);
        new Samples(cloud, resources, web, signIn).read(Path.of("samples"));
        IO.println("""

                Sluice runs.
                  Look:     %s/
                  Try:      printf 'SUCountry,SUCode,SUName,SUType\\nXX,01,My town,City\\n' > my.csv
                            curl -T my.csv %s/%s/subdivisions/my.csv
                            %s '%s/api/feeds/subdivisions/rows?prefix=XX'
                  %s
                  Stop:     Ctrl-C""".formatted(web, cloud.s3(), resources.bucket(), signIn.curl(), web, signIn.hint()));
    }

    /** SERVER_PORT is Boot's own variable for it. */
    private static int port() {
        String wanted = Optional.ofNullable(System.getProperty("server.port"))
                .or(() -> Optional.ofNullable(System.getenv("SERVER_PORT")))
                .orElse(USUAL_PORT);
        try (var socket = new ServerSocket()) {
            int port = Integer.parseInt(wanted);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException | IllegalArgumentException _) {
            IO.println(
                    "Port %s of 127.0.0.1 is taken or no port: stop what listens there, or choose another one, as in SERVER_PORT=9090 mvn spring-boot:test-run."
                            .formatted(wanted));
            System.exit(1);
            throw new IllegalStateException("exits");
        }
    }

    private static LocalSignIn signIn() {
        try {
            LocalSignIn signIn = LocalSignIn.of(System.getenv());
            atEnd(signIn::close);
            return signIn;
        } catch (IllegalArgumentException e) {
            IO.println(e.getMessage());
            System.exit(1);
            throw new IllegalStateException("exits");
        }
    }

    /** Maven that is killed cannot stop what it started. */
    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> Thread.ofVirtual().start(() -> {
            parent.onExit().join();
            System.exit(0);
        }));
    }

    private static void atEnd(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close));
    }

    private static void start(LocalCloud cloud, LocalResources resources, LocalSignIn signIn, int port, String[] args) {
        Map<String, Object> settings = new HashMap<>(resources.settings(cloud));
        settings.putAll(signIn.settings());
        settings.put("logging.level.root", "warn");
        settings.put("logging.level.dev.sluice", "info");
        settings.put("spring.main.log-startup-info", "false");
        // S3Mock brings an actuator; it is none of Sluice's.
        settings.put("management.endpoints.access.default", "none");
        settings.put("logging.pattern.console", "%d{HH:mm:ss} %-5level %logger{0}: %msg%n");
        var application = new SpringApplication(SluiceApplication.class);
        application.setDefaultProperties(settings);
        application.addInitializers(
                LocalSignIn::hide,
                context -> context.getEnvironment().getSystemProperties().putAll(Map.of("server.port", port)));
        application.run(args);
    }
}
