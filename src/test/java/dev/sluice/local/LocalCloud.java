package dev.sluice.local;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * S3, DynamoDB with streams, Kinesis and SQS on 127.0.0.1, each in a process of its own that ends with this one. Any
 * access key is accepted; the region is us-east-1. Buckets that have a queue named {@code <bucket>-notices} send their
 * event notifications there.
 */
public final class LocalCloud implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);

    private final Map<String, Child> children;
    private final LocalEndpoints endpoints;
    private final LocalClients clients;

    private LocalCloud(Map<String, Child> children, LocalEndpoints endpoints) {
        this.children = children;
        this.endpoints = endpoints;
        this.clients = new LocalClients(endpoints);
    }

    /**
     * Starts all four services, and returns when all of them answer.
     *
     * @param progress receives a line for a person whenever something is ready or goes wrong
     * @throws IllegalStateException with the last output of the service that did not start
     */
    public static LocalCloud start(Consumer<String> progress) {
        return start(progress, progress);
    }

    private static LocalCloud start(Consumer<String> progress, Consumer<String> notes) {
        var begun = System.nanoTime();
        var children = Map.of(
                "S3", Child.start("S3", LocalS3.class, List.of("-Xmx384m"), List.of(), notes),
                "DynamoDB",
                        Child.start(
                                "DynamoDB",
                                LocalDynamo.class,
                                List.of("-Xmx384m", "--enable-native-access=ALL-UNNAMED"),
                                List.of(),
                                notes),
                "Kinesis", Child.start("Kinesis", LocalKinesis.class, List.of("-Xmx512m"), List.of(), notes),
                "SQS", Child.start("SQS", LocalQueues.class, List.of("-Xmx256m"), List.of(), notes));
        try {
            var ready = new ArrayList<CompletableFuture<Void>>();
            children.forEach((name, child) -> ready.add(child.port().thenAccept(port -> {
                var seconds = Math.round((System.nanoTime() - begun) / 1e8) / 10.0;
                progress.accept(name + " is ready after " + seconds + " s");
            })));
            var endpoints = new LocalEndpoints(
                    at(children, "S3"), at(children, "DynamoDB"), at(children, "Kinesis"), at(children, "SQS"));
            CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)).join();
            child(children, "S3").tell(endpoints.sqs().toString());
            return new LocalCloud(children, endpoints);
        } catch (RuntimeException e) {
            children.values().forEach(Child::close);
            throw e;
        }
    }

    /** The one of this JVM: started on first use, ended with the JVM. */
    public static LocalCloud shared() {
        return Shared.get();
    }

    public URI s3() {
        return endpoints.s3();
    }

    public URI dynamodb() {
        return endpoints.dynamodb();
    }

    public URI kinesis() {
        return endpoints.kinesis();
    }

    public URI sqs() {
        return endpoints.sqs();
    }

    public LocalEndpoints endpoints() {
        return endpoints;
    }

    public S3Client s3Client() {
        return clients.s3();
    }

    public DynamoDbClient dynamoDbClient() {
        return clients.dynamoDb();
    }

    public DynamoDbStreamsClient dynamoDbStreamsClient() {
        return clients.dynamoDbStreams();
    }

    public KinesisClient kinesisClient() {
        return clients.kinesis();
    }

    public SqsClient sqsClient() {
        return clients.sqs();
    }

    /** Makes the SDK's default clients of this JVM reach this cloud. */
    public void useInThisJvm() {
        endpoints.systemProperties().forEach(System::setProperty);
    }

    /** The processes, by the name of their service. */
    Map<String, Child> children() {
        return children;
    }

    @Override
    public void close() {
        clients.close();
        children.values().parallelStream().forEach(Child::close);
    }

    private static Child child(Map<String, Child> children, String name) {
        var child = children.get(name);
        if (child == null) {
            throw new IllegalArgumentException(name);
        }
        return child;
    }

    private static URI at(Map<String, Child> children, String name) {
        return URI.create("http://127.0.0.1:" + child(children, name).awaitPort(START));
    }

    private static final class Shared {

        private static @Nullable LocalCloud cloud;

        private static synchronized LocalCloud get() {
            var running = cloud;
            if (running == null) {
                running = start(_ -> {}, System.err::println);
                cloud = running;
            }
            return running;
        }
    }
}
