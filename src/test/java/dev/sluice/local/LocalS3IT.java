package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which notices S3's users get: every way to create or remove an object raises exactly one. */
class LocalS3IT {

    private final LocalCloud cloud = LocalCloud.shared();
    private final S3Client s3 = cloud.s3Client();
    private final String bucket = "notices-" + UUID.randomUUID();
    private String queue = "";

    @BeforeEach
    void createBucketAndQueue() {
        queue = cloud.sqsClient()
                .createQueue(of -> of.queueName(bucket + "-notices"))
                .queueUrl();
        s3.createBucket(of -> of.bucket(bucket));
    }

    @Test
    void aPutRaisesANoticeOfTheDocumentedShape() {
        var put = s3.putObject(of -> of.bucket(bucket).key("orders/a.csv"), RequestBody.fromString("hello"));

        var notice = notice();
        assertThat(notice.path("eventVersion").asString()).isEqualTo("2.1");
        assertThat(notice.path("eventSource").asString()).isEqualTo("aws:s3");
        assertThat(notice.path("awsRegion").asString()).isEqualTo("us-east-1");
        assertThat(notice.path("eventTime").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
        assertThat(notice.path("eventName").asString()).isEqualTo("ObjectCreated:Put");
        assertThat(notice.path("requestParameters").path("sourceIPAddress").asString())
                .isNotEmpty();
        assertThat(notice.path("responseElements").path("x-amz-request-id").asString())
                .isNotEmpty();
        assertThat(notice.at("/s3/bucket/name").asString()).isEqualTo(bucket);
        assertThat(notice.at("/s3/bucket/arn").asString()).isEqualTo("arn:aws:s3:::" + bucket);
        assertThat(notice.at("/s3/object/key").asString()).isEqualTo("orders/a.csv");
        assertThat(notice.at("/s3/object/size").asInt()).isEqualTo(5);
        assertThat("\"" + notice.at("/s3/object/eTag").asString() + "\"").isEqualTo(put.eTag());
        assertThat(notice.at("/s3/object").has("versionId")).isFalse();
        assertThat(notice.at("/s3/object/sequencer").asString()).matches("[0-9A-F]{16}");
    }

    @ParameterizedTest
    @CsvSource({
        "two words.csv, two+words.csv",
        "a+b.csv, a%2Bb.csv",
        "100%.csv, 100%25.csv",
        "données/été.csv, donn%C3%A9es/%C3%A9t%C3%A9.csv",
        "filer/日本 🎈.csv, filer/%E6%97%A5%E6%9C%AC+%F0%9F%8E%88.csv"
    })
    void keysArriveUrlEncoded(String key, String encoded) {
        s3.putObject(of -> of.bucket(bucket).key(key), RequestBody.fromString("x"));

        assertThat(notice().at("/s3/object/key").asString()).isEqualTo(encoded);
    }

    @Test
    void aPresignedPutRaisesANotice() throws Exception {
        try (var presigner = S3Presigner.builder()
                        .endpointOverride(cloud.s3())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(LocalClients.CREDENTIALS)
                        .serviceConfiguration(S3Configuration.builder()
                                .pathStyleAccessEnabled(true)
                                .build())
                        .build();
                var http = HttpClient.newHttpClient()) {
            var presigned = presigner.presignPutObject(of -> of.signatureDuration(Duration.ofMinutes(5))
                    .putObjectRequest(put -> put.bucket(bucket).key("by url.csv")));
            var response = http.send(
                    HttpRequest.newBuilder(presigned.url().toURI())
                            .PUT(HttpRequest.BodyPublishers.ofString("hello"))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
        }

        assertThat(notice().at("/s3/object/key").asString()).isEqualTo("by+url.csv");
    }

    @Test
    void aPlainHttpPutRaisesANotice() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            http.send(
                    HttpRequest.newBuilder(cloud.s3().resolve("/" + bucket + "/plain.csv"))
                            .PUT(HttpRequest.BodyPublishers.ofString("hello"))
                            .build(),
                    BodyHandlers.discarding());
        }

        assertThat(notice().at("/s3/object/size").asInt()).isEqualTo(5);
    }

    @Test
    void aBrowsersFormRaisesANotice() throws Exception {
        var form = """
                --limit\r
                Content-Disposition: form-data; name="key"\r
                \r
                by form.csv\r
                --limit\r
                Content-Disposition: form-data; name="file"; filename="any.csv"\r
                Content-Type: text/csv\r
                \r
                hello\r
                --limit--\r
                """;
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(
                    HttpRequest.newBuilder(cloud.s3().resolve("/" + bucket))
                            .header("Content-Type", "multipart/form-data; boundary=limit")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
        }

        var notice = notice();
        assertThat(notice.path("eventName").asString()).isEqualTo("ObjectCreated:Post");
        assertThat(notice.at("/s3/object/key").asString()).isEqualTo("by+form.csv");
        assertThat(notice.at("/s3/object/size").asInt()).isEqualTo(5);
    }

    @Test
    void aMultipartUploadRaisesOneNoticeWhenItIsComplete() {
        var upload =
                s3.createMultipartUpload(of -> of.bucket(bucket).key("big.csv")).uploadId();
        var part = s3.uploadPart(
                of -> of.bucket(bucket).key("big.csv").uploadId(upload).partNumber(1),
                RequestBody.fromBytes(new byte[6 * 1024 * 1024]));
        var parts =
                List.of(CompletedPart.builder().partNumber(1).eTag(part.eTag()).build());
        s3.completeMultipartUpload(
                of -> of.bucket(bucket).key("big.csv").uploadId(upload).multipartUpload(with -> with.parts(parts)));

        var notice = notice();
        assertThat(notice.path("eventName").asString()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
        assertThat(notice.at("/s3/object/size").asLong()).isEqualTo(6 * 1024 * 1024);
    }

    @Test
    void aCopyRaisesANotice() {
        s3.putObject(of -> of.bucket(bucket).key("a"), RequestBody.fromString("hello"));
        s3.copyObject(of ->
                of.sourceBucket(bucket).sourceKey("a").destinationBucket(bucket).destinationKey("b"));

        assertThat(notice().path("eventName").asString()).isEqualTo("ObjectCreated:Put");
        var copied = notice();
        assertThat(copied.path("eventName").asString()).isEqualTo("ObjectCreated:Copy");
        assertThat(copied.at("/s3/object/key").asString()).isEqualTo("b");
    }

    @Test
    void deletesRaiseNoticesForWhatWasThere() {
        for (var key : List.of("a", "b c", "d")) {
            s3.putObject(of -> of.bucket(bucket).key(key), RequestBody.fromString("x"));
            notice();
        }

        s3.deleteObject(of -> of.bucket(bucket).key("never-was"));
        s3.deleteObject(of -> of.bucket(bucket).key("a"));
        var many = List.of(
                ObjectIdentifier.builder().key("b c").build(),
                ObjectIdentifier.builder().key("d").build());
        s3.deleteObjects(
                of -> of.bucket(bucket).delete(these -> these.objects(many).quiet(true)));

        for (var key : List.of("a", "b+c", "d")) {
            var notice = notice();
            assertThat(notice.path("eventName").asString()).isEqualTo("ObjectRemoved:Delete");
            assertThat(notice.at("/s3/object/key").asString()).isEqualTo(key);
            assertThat(notice.at("/s3/object").has("size")).isFalse();
        }
    }

    @Test
    void aVersionedBucketsNoticesNameTheVersion() {
        s3.putBucketVersioning(of ->
                of.bucket(bucket).versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        var first = s3.putObject(of -> of.bucket(bucket).key("a"), RequestBody.fromString("1"));
        var second = s3.putObject(of -> of.bucket(bucket).key("a"), RequestBody.fromString("22"));
        s3.deleteObject(of -> of.bucket(bucket).key("a"));
        s3.deleteObject(of -> of.bucket(bucket).key("a").versionId(first.versionId()));

        assertThat(first.versionId()).isNotEqualTo(second.versionId());
        assertThat(notice().at("/s3/object/versionId").asString()).isEqualTo(first.versionId());
        assertThat(notice().at("/s3/object/size").asInt()).isEqualTo(2);
        var marker = notice();
        assertThat(marker.path("eventName").asString()).isEqualTo("ObjectRemoved:DeleteMarkerCreated");
        assertThat(marker.at("/s3/object/versionId").asString()).isNotEmpty().isNotEqualTo(second.versionId());
        var removed = notice();
        assertThat(removed.path("eventName").asString()).isEqualTo("ObjectRemoved:Delete");
        assertThat(removed.at("/s3/object/versionId").asString()).isEqualTo(first.versionId());
        assertThat(s3.getObjectAsBytes(of -> of.bucket(bucket).key("a").versionId(second.versionId()))
                        .asUtf8String())
                .isEqualTo("22");
    }

    @Test
    void aRefusedPutAndABucketWithoutAQueueRaiseNone() {
        s3.createBucket(of -> of.bucket(bucket + "-q"));
        s3.putObject(of -> of.bucket(bucket + "-q").key("silent"), RequestBody.fromString("x"));
        s3.putObject(of -> of.bucket(bucket).key("a"), RequestBody.fromString("x"));
        assertThatThrownBy(() ->
                        s3.putObject(of -> of.bucket(bucket).key("a").ifNoneMatch("*"), RequestBody.fromString("y")))
                .hasMessageContaining("412");
        s3.putObject(of -> of.bucket(bucket).key("last"), RequestBody.fromFile(Path.of("pom.xml")));

        assertThat(notice().at("/s3/object/key").asString()).isEqualTo("a");
        assertThat(notice().at("/s3/object/key").asString()).isEqualTo("last");
    }

    /** The next notice, taken from the queue; they come in order. */
    private JsonNode notice() {
        var messages = cloud.sqsClient()
                .receiveMessage(of -> of.queueUrl(queue).maxNumberOfMessages(1).waitTimeSeconds(20))
                .messages();
        assertThat(messages).as("notices of " + bucket).hasSize(1);
        Message message = messages.getFirst();
        cloud.sqsClient().deleteMessage(of -> of.queueUrl(queue).receiptHandle(message.receiptHandle()));
        var records = JsonMapper.shared().readTree(message.body()).path("Records");
        assertThat(records.size()).isEqualTo(1);
        return records.get(0);
    }
}
