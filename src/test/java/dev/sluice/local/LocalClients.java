package dev.sluice.local;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** SDK clients for a {@link LocalCloud}, each made on first use, over one connection pool. */
final class LocalClients implements AutoCloseable {

    static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider.create(
            AwsBasicCredentials.create(LocalEndpoints.ACCESS_KEY, LocalEndpoints.SECRET_KEY));

    /** A call that is given up and made again may find that it has been carried out: a stream is there already. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final LocalEndpoints endpoints;
    private final SdkHttpClient http = Apache5HttpClient.builder()
            .maxConnections(100)
            .socketTimeout(LONGEST)
            .connectionAcquisitionTimeout(LONGEST)
            .build();
    private final Map<Class<?>, SdkClient> made = new ConcurrentHashMap<>();

    LocalClients(LocalEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    S3Client s3() {
        return once(S3Client.class, () -> build(S3Client.builder(), endpoints.s3()));
    }

    DynamoDbClient dynamoDb() {
        return once(DynamoDbClient.class, () -> build(DynamoDbClient.builder(), endpoints.dynamodb()));
    }

    DynamoDbStreamsClient dynamoDbStreams() {
        return once(DynamoDbStreamsClient.class, () -> build(DynamoDbStreamsClient.builder(), endpoints.dynamodb()));
    }

    KinesisClient kinesis() {
        return once(KinesisClient.class, () -> build(KinesisClient.builder(), endpoints.kinesis()));
    }

    SqsClient sqs() {
        return once(SqsClient.class, () -> build(SqsClient.builder(), endpoints.sqs()));
    }

    @Override
    public void close() {
        made.values().forEach(SdkClient::close);
        http.close();
    }

    private <C extends SdkClient> C once(Class<C> type, Supplier<C> make) {
        return type.cast(made.computeIfAbsent(type, _ -> make.get()));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(LocalEndpoints.REGION))
                .credentialsProvider(CREDENTIALS)
                .httpClient(http)
                .build();
    }
}
