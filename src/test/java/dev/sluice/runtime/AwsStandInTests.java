package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.StringUtils;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the images do is not recorded, since nothing of the tests may be on their class path. But they call no operation that
 * the table of recorded calls does not have: the stand-in would not answer it, and the training would fail. Only the names of
 * operations are compared, not which bean calls one and for what.
 */
class AwsStandInTests {

    private static final Path CALLS = Path.of("src", "test", "resources", "calls.tsv");

    @TempDir
    private Path files;

    @Test
    void answersNoOperationThatNoBeanIsKnownToCall() throws IOException {
        Set<String> known;
        try (Stream<String> lines = Files.lines(CALLS)) {
            known = lines.map(line -> line.split("\t", -1)[2]).collect(Collectors.toCollection(TreeSet::new));
        }
        try (var aws = new AwsStandIn(files);
                var http = HttpClient.newHttpClient()) {
            Set<String> answered = Stream.of(DynamoDbClient.class, SqsClient.class, KinesisClient.class)
                    .flatMap(client -> Stream.of(client.getMethods()))
                    .map(Method::getName)
                    .map(StringUtils::capitalize)
                    .distinct()
                    .filter(operation -> isAnswered(http, request(aws).header("X-Amz-Target", "Any." + operation)))
                    // Recorded as the writes that it is made of.
                    .flatMap(operation -> operation.equals("TransactWriteItems")
                            ? Stream.of("PutItem", "UpdateItem")
                            : Stream.of(operation))
                    .collect(Collectors.toSet());

            assertThat(answered).contains("PutItem", "PutRecords", "SendMessageBatch");
            assertThat(known).containsAll(answered);
        }
    }

    /** Getting, putting and deleting an object, and the list of a bucket, are known. */
    @Test
    void answersNoOtherRequestToS3() throws IOException {
        try (var aws = new AwsStandIn(files);
                var http = HttpClient.newHttpClient()) {
            assertThat(isAnswered(http, request(aws))).isFalse();
            assertThat(isAnswered(http, request(aws).GET())).isTrue();
        }
    }

    private static HttpRequest.Builder request(AwsStandIn aws) {
        return HttpRequest.newBuilder(URI.create(aws.endpoint()))
                .POST(BodyPublishers.ofString("{\"Item\":{},\"Key\":{}}"));
    }

    private static boolean isAnswered(HttpClient http, HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
