package dev.sluice.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What S3 says of one object: the event message of
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event message
 * structure</a>.
 *
 * @param event without the prefix {@code s3:}, such as {@code ObjectCreated:Put}
 * @param key as it is; the message has it URL-encoded
 * @param size absent for removals
 * @param versionId absent where the bucket is not versioned
 */
record S3Notice(
        String event,
        String bucket,
        String key,
        @Nullable Long size,
        @Nullable String eTag,
        @Nullable String versionId,
        String requestId) {

    private static final AtomicLong SEQUENCER = new AtomicLong(System.currentTimeMillis() << 20);

    String json(Instant time) {
        var nodes = JsonNodeFactory.instance;
        var item = nodes.objectNode()
                .put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", LocalEndpoints.REGION)
                .put("eventTime", Instant.ofEpochMilli(time.toEpochMilli()).toString())
                .put("eventName", event);
        item.putObject("userIdentity").put("principalId", "AWS:LOCAL");
        item.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
        item.putObject("responseElements").put("x-amz-request-id", requestId).put("x-amz-id-2", requestId);
        var s3 = item.putObject("s3").put("s3SchemaVersion", "1.0").put("configurationId", bucket + "-notices");
        s3.putObject("bucket")
                .put("name", bucket)
                .put("arn", "arn:aws:s3:::" + bucket)
                .putObject("ownerIdentity")
                .put("principalId", "LOCAL");
        var object = s3.putObject("object").put("key", encoded(key));
        if (size != null) {
            object.put("size", size);
        }
        if (eTag != null) {
            object.put("eTag", eTag);
        }
        if (versionId != null) {
            object.put("versionId", versionId);
        }
        object.put("sequencer", HexFormat.of().withUpperCase().toHexDigits(SEQUENCER.incrementAndGet()));
        var event = nodes.objectNode();
        event.putArray("Records").add(item);
        return JsonMapper.shared().writeValueAsString(event);
    }

    /** S3 writes a space as a plus, and leaves slashes, as its messages show. */
    static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
