package dev.sluice.local;

import java.net.URI;
import java.util.Map;

/** Where the services of a {@link LocalCloud} listen. */
public record LocalEndpoints(URI s3, URI dynamodb, URI kinesis, URI sqs) {

    static final String REGION = "us-east-1";
    static final String ACCESS_KEY = "local";
    static final String SECRET_KEY = "local-secret";

    /**
     * What makes default clients of the SDK reach them.
     *
     * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
     *     endpoints</a>
     */
    public Map<String, String> systemProperties() {
        return Map.of(
                "aws.region", REGION,
                "aws.accessKeyId", ACCESS_KEY,
                "aws.secretAccessKey", SECRET_KEY,
                "aws.endpointUrlS3", s3.toString(),
                "aws.endpointUrlDynamoDb", dynamodb.toString(),
                "aws.endpointUrlDynamoDbStreams", dynamodb.toString(),
                "aws.endpointUrlKinesis", kinesis.toString(),
                "aws.endpointUrlSqs", sqs.toString());
    }

    /** The same for a process that is given an environment. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", SECRET_KEY,
                "AWS_ENDPOINT_URL_S3", s3.toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", dynamodb.toString(),
                "AWS_ENDPOINT_URL_DYNAMODB_STREAMS", dynamodb.toString(),
                "AWS_ENDPOINT_URL_KINESIS", kinesis.toString(),
                "AWS_ENDPOINT_URL_SQS", sqs.toString());
    }
}
