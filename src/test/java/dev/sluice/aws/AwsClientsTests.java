package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.util.TestPropertyValues;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AwsClientsTests {

    /** More than the HTTP client has connections, so that some calls wait for one when their time is over. */
    private static final int CALLS = AwsClients.CONNECTIONS + 16;

    @Test
    void whoeverGetsNoConnectionInTimeIsToldLikeWhoeverGetsNoAnswer() throws Exception {
        try (var silent = new ServerSocket(0, CALLS, InetAddress.getLoopbackAddress())) {
            List<Exception> failures = settings(silent).applyToSystemProperties(AwsClientsTests::failures);
            assertThat(failures).hasSize(CALLS).allSatisfy(failure -> assertThat(failure)
                    .isInstanceOf(SdkException.class));
        }
    }

    /** As many as {@code sluice.rows.writers} can be. */
    @Test
    void everyWriterThatThereCanBeHasAConnection() throws Exception {
        try (var silent = new ServerSocket(0, CALLS, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(10_000);
            assertThat(settings(silent).<Integer>applyToSystemProperties(() -> connect(256, silent)))
                    .isEqualTo(256);
        }
    }

    private static TestPropertyValues settings(ServerSocket server) {
        return TestPropertyValues.of(
                "aws.region=us-east-1",
                "aws.accessKeyId=id",
                "aws.secretAccessKey=secret",
                "aws.endpointUrlDynamoDb=http://127.0.0.1:" + server.getLocalPort());
    }

    /** How many of so many calls have a connection at the same time. */
    private static int connect(int most, ServerSocket server) throws IOException {
        var aws = new AwsClients(new AwsSettings(Duration.ofSeconds(90)));
        var open = new ArrayList<Socket>();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var calls = Collections.nCopies(most, call(aws)).stream()
                    .map(threads::submit)
                    .toList();
            while (open.size() < calls.size()) {
                open.add(server.accept());
            }
        } finally {
            threads.shutdownNow();
            aws.destroy();
            for (Socket connection : open) {
                connection.close();
            }
        }
        return open.size();
    }

    private static List<Exception> failures() throws InterruptedException {
        var aws = new AwsClients(new AwsSettings(Duration.ofMillis(600)));
        var failures = new ArrayList<Exception>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Exception> call : threads.invokeAll(Collections.nCopies(CALLS, call(aws)))) {
                failures.add(call.resultNow());
            }
        }
        aws.destroy();
        return failures;
    }

    private static Callable<Exception> call(AwsClients aws) {
        return () -> {
            try {
                aws.dynamoDb().getItem(get -> get.tableName("ledger").key(Map.of("id", AttributeValue.fromS("id"))));
                throw new IOException("There was an answer.");
            } catch (RuntimeException e) {
                return e;
            }
        };
    }
}
