package dev.sluice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.LocalIssuer;
import dev.sluice.runtime.Reply.Failure;
import dev.sluice.runtime.Reply.Success;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code src/image/lambda train} runs: trains the JVM's AOT cache (JEP 483, 514, 515) with the function as the image
 * starts it. Every sample event goes through AWS's runtime client and has to succeed, every sample file is read, and an
 * event that nobody knows has to fail; then the function ends, and its JVM writes the cache. At last the function is
 * started once more and has to take its classes from there.
 */
final class Training {

    private static final int ROUNDS = 1;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final double LEAST_SHARE = 0.9;

    private final Path image;
    private final List<byte[]> events;
    private final byte[] signedIn;
    private final AwsStandIn aws;
    private final LocalIssuer issuer;

    private Training(Path image, List<byte[]> events, byte[] signedIn, AwsStandIn aws, LocalIssuer issuer) {
        this.image = image;
        this.events = events;
        this.signedIn = signedIn;
        this.aws = aws;
        this.issuer = issuer;
    }

    /**
     * Arguments: the folder of the image, one with events, one with sample files. The trained JVM is the {@code java} of the
     * {@code PATH}.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path image = Path.of(arguments[0]).toAbsolutePath();
        Path samples = Path.of(arguments[2]).toAbsolutePath();
        try (var aws = new AwsStandIn(samples);
                var issuer = LocalIssuer.start()) {
            Path events = Path.of(arguments[1]);
            var training = new Training(
                    image, events(events, samples), signedIn(events.resolve("http.json"), issuer), aws, issuer);
            training.train(image.resolve("sluice.aot"));
            training.check(image.resolve("classes.log"));
        }
    }

    /** All samples of events, and a notice of every sample file. */
    private static List<byte[]> events(Path folder, Path samples) throws IOException {
        var events = new ArrayList<byte[]>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                events.add(Files.readAllBytes(file));
            }
        }
        try (Stream<Path> files = Files.walk(samples)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                events.add("""
                        {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put",\
                        "s3":{"bucket":{"name":"sluice-files"},"object":{"key":"%s"}}}]}""".formatted(samples.relativize(file)).getBytes(UTF_8));
            }
        }
        return events;
    }

    /** A sample as it is sent by who has signed in. */
    private static byte[] signedIn(Path sample, LocalIssuer issuer) throws IOException {
        var json = new JsonMapper();
        JsonNode event = json.readTree(Files.readAllBytes(sample));
        event.withObjectProperty("headers").put("authorization", "Bearer " + issuer.accessToken("viewer"));
        return json.writeValueAsBytes(event);
    }

    private void train(Path cache) throws IOException, InterruptedException {
        Files.deleteIfExists(cache);
        try (var lambda = LambdaProcess.image(image, environment(), "-XX:AOTCacheOutput=" + cache)) {
            for (int round = 0; round < ROUNDS; round++) {
                aws.clear();
                all(lambda);
            }
            if (!lambda.end(LIMIT) || !Files.exists(cache)) {
                throw new IllegalStateException("The JVM has written no cache. The end of its log:\n" + lambda.log());
            }
        }
        System.out.printf("Trained with %d events: %,d bytes%n", events.size(), Files.size(cache));
    }

    private void all(LambdaProcess lambda) throws InterruptedException {
        for (byte[] event : events) {
            if (lambda.invoke(event, LIMIT) instanceof Failure failure) {
                throw new IllegalStateException("A sample failed: %s\n%s\nThe end of the log:\n%s"
                        .formatted(new String(event, UTF_8), new String(failure.body(), UTF_8), lambda.log()));
            }
        }
        String reply = lambda.invoke(signedIn, LIMIT) instanceof Success(byte[] body) ? new String(body, UTF_8) : "";
        if (!reply.contains("\"statusCode\":200")) {
            throw new IllegalStateException(
                    "Who has signed in is refused: %s\nThe end of the log:\n%s".formatted(reply, lambda.log()));
        }
        if (!(lambda.invoke("{\"unknown\":1}".getBytes(UTF_8), LIMIT) instanceof Failure)) {
            throw new IllegalStateException("An event that nobody knows was taken.");
        }
    }

    private void check(Path classes) throws IOException, InterruptedException {
        Duration cached;
        try (var lambda =
                LambdaProcess.image(image, environment(), "-XX:AOTMode=on", "-Xlog:class+load:file=" + classes)) {
            cached = lambda.initDuration();
            aws.clear();
            all(lambda);
            lambda.end(LIMIT);
        }
        try (var lambda = LambdaProcess.image(image, environment(), "-XX:AOTMode=off")) {
            System.out.printf(
                    "Initialised in %,d ms with the cache, in %,d ms without%n",
                    cached.toMillis(), lambda.initDuration().toMillis());
        }
        List<String> loaded = Files.readAllLines(classes);
        Files.delete(classes);
        long fromCache = loaded.stream()
                .filter(line -> line.contains("source: shared objects file"))
                .count();
        System.out.printf("From the cache: %,d of %,d classes%n", fromCache, loaded.size());
        if (fromCache < LEAST_SHARE * loaded.size()) {
            throw new IllegalStateException("The cache is not used, or hardly.");
        }
    }

    /** What a deployment sets, with stand-ins in place of AWS. */
    private Map<String, String> environment() {
        var environment = new HashMap<>(aws.settings());
        environment.putAll(Map.of(
                "PATH",
                System.getenv("PATH"),
                "MAIN_CLASS",
                "dev.sluice.SluiceApplication",
                "SPRING_CLOUD_FUNCTION_DEFINITION",
                "triggerRouter",
                "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                "ecs",
                "SLUICE_ACCESS_ISSUER",
                issuer.name(),
                "SLUICE_ACCESS_CLIENTID",
                LocalIssuer.CLIENT));
        return environment;
    }
}
