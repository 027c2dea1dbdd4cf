package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

class LocalCloudIT {

    /** Starts a local cloud, prints its children's ids and waits to be killed. */
    static final class Parent {

        public static void main(String[] args) throws InterruptedException {
            var cloud = LocalCloud.start(System.err::println);
            cloud.children().values().forEach(child -> System.out.println(child.pid()));
            System.out.println();
            Thread.currentThread().join();
        }
    }

    @Test
    void allFourServicesAnswerTheirClients() {
        var cloud = LocalCloud.shared();

        assertThat(cloud.s3Client().listBuckets().buckets()).isNotNull();
        assertThat(cloud.dynamoDbClient().listTables().tableNames()).isNotNull();
        assertThat(cloud.dynamoDbStreamsClient().listStreams().streams()).isNotNull();
        assertThat(cloud.kinesisClient().listStreams().streamNames()).isNotNull();
        assertThat(cloud.sqsClient().listQueues().queueUrls()).isNotNull();
    }

    @Test
    void defaultClientsReachItOnceTold() {
        LocalCloud.shared().useInThisJvm();

        try (var s3 = S3Client.create();
                var dynamoDb = DynamoDbClient.create();
                var kinesis = KinesisClient.create();
                var sqs = SqsClient.create()) {
            assertThat(s3.listBuckets().sdkHttpResponse().isSuccessful()).isTrue();
            assertThat(dynamoDb.listTables().sdkHttpResponse().isSuccessful()).isTrue();
            assertThat(kinesis.listStreams().sdkHttpResponse().isSuccessful()).isTrue();
            assertThat(sqs.listQueues().sdkHttpResponse().isSuccessful()).isTrue();
        }
    }

    @Test
    void childrenEndWhenTheirParentIsKilled() throws IOException {
        var builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        var parent = builder.start();
        try (var output = parent.inputReader(StandardCharsets.UTF_8)) {
            var children = output.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .map(line -> ProcessHandle.of(Long.parseLong(line)).orElseThrow())
                    .toList();
            assertThat(children).hasSize(4).allMatch(ProcessHandle::isAlive);

            parent.destroyForcibly();

            await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            parent.destroyForcibly();
        }
    }
}
