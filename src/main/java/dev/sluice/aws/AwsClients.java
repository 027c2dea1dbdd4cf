package dev.sluice.aws;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK's clients over one HTTP client, each made on its first use: a function pays only for what its triggers need.
 * Region, credentials and endpoints come from where the SDK looks for them ({@code AWS_REGION},
 * {@code AWS_ENDPOINT_URL_S3} and so on).
 */
public final class AwsClients implements DisposableBean {

    private static final int TRIES = 3;

    /**
     * As many as rows can have writers, and some for the object's bytes, the ledger and the rejects. It is a cap only:
     * connections are made when they are needed, and Lambda allows 1,024 file descriptors.
     */
    static final int CONNECTIONS = 256 + 16;

    private final AwsSettings settings;
    private final OnFirstUse<SdkHttpClient> http = new OnFirstUse<>(() -> new InTimeHttpClient(
            Apache5HttpClient.builder().maxConnections(CONNECTIONS).build()));
    private final OnFirstUse<S3Client> s3 = new OnFirstUse<>(() -> S3Client.builder()
            .httpClient(http.get())
            .overrideConfiguration(limits())
            .build());
    private final OnFirstUse<S3Presigner> presigner =
            new OnFirstUse<>(() -> S3Presigner.builder().s3Client(s3.get()).build());
    private final OnFirstUse<DynamoDbClient> dynamoDb = new OnFirstUse<>(() -> DynamoDbClient.builder()
            .httpClient(http.get())
            .overrideConfiguration(limits())
            .build());
    private final OnFirstUse<KinesisClient> kinesis = new OnFirstUse<>(() -> KinesisClient.builder()
            .httpClient(http.get())
            // Who sends changes tries again with what has not been taken, and knows until when.
            .overrideConfiguration(limits().toBuilder()
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .build())
            .build());

    private final OnFirstUse<SqsClient> sqs = new OnFirstUse<>(() -> SqsClient.builder()
            .httpClient(http.get())
            .overrideConfiguration(limits())
            .build());

    AwsClients(AwsSettings settings) {
        this.settings = settings;
    }

    /** A call that hangs must not take the whole invocation with it. */
    private ClientOverrideConfiguration limits() {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(attemptTimeout())
                .apiCallTimeout(settings.callTimeout())
                .build();
    }

    /** When a call that was begun has been answered or given up; what it asks for takes effect before, if at all. */
    public Duration callTimeout() {
        return settings.callTimeout();
    }

    /** When an attempt of a call is given up, and another one made. */
    public Duration attemptTimeout() {
        return settings.callTimeout().dividedBy(TRIES);
    }

    public S3Client s3() {
        return s3.get();
    }

    public S3Presigner presigner() {
        return presigner.get();
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    public KinesisClient kinesis() {
        return kinesis.get();
    }

    public SqsClient sqs() {
        return sqs.get();
    }

    /**
     * A new client of the API that sends messages to WebSocket connections, which the caller closes. It has HTTP connections
     * of its own, so that one that hangs takes none from other services, and tries once.
     *
     * @param most how many calls can be made at the same time
     */
    public ApiGatewayManagementApiClient connections(URI endpoint, Duration longest, int most) {
        return ApiGatewayManagementApiClient.builder()
                .endpointOverride(endpoint)
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(most))
                .overrideConfiguration(
                        limits -> limits.apiCallTimeout(longest).retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void destroy() {
        presigner.close();
        s3.close();
        dynamoDb.close();
        kinesis.close();
        sqs.close();
        http.close();
    }

    private static final class OnFirstUse<C extends AutoCloseable> {

        private final Supplier<C> maker;
        private @Nullable C made;

        OnFirstUse(Supplier<C> maker) {
            this.maker = maker;
        }

        synchronized C get() {
            C client = made;
            if (client == null) {
                client = maker.get();
                made = client;
            }
            return client;
        }

        synchronized void close() {
            C client = made;
            made = null;
            if (client != null) {
                try {
                    client.close();
                } catch (Exception e) {
                    throw new IllegalStateException("An SDK client did not close.", e);
                }
            }
        }
    }
}
