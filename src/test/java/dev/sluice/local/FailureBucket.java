package dev.sluice.local;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The on-failure destination of an event source mapping: a bucket, which sends a notice of what comes into it. Unlike
 * Lambda, which drops what it cannot put there, it tries until it can.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
 *     records for a Kinesis Data Streams event source in Lambda</a>
 */
final class FailureBucket implements Consumer<String> {

    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    private final S3Client s3;
    private final String bucket;
    private final String mapping = UUID.randomUUID().toString();
    private final Consumer<String> notices;
    private final Patience patience;
    private final Consumer<String> notes;

    /** @param notices where the bucket's notices go */
    FailureBucket(S3Client s3, String bucket, Consumer<String> notices, Patience patience, Consumer<String> notes) {
        this.s3 = s3;
        this.bucket = bucket;
        this.notices = notices;
        this.patience = patience;
        this.notes = notes;
    }

    @Override
    public void accept(String failureRecord) {
        Instant now = patience.now();
        var id = UUID.randomUUID().toString();
        var key = "aws/lambda/%s/%s/%s/%s-%s"
                .formatted(mapping, FailureRecord.shard(failureRecord), FOLDER.format(now), NAME.format(now), id);
        patience.insist("the bucket of what has failed", notes, () -> {
            var put = s3.putObject(of -> of.bucket(bucket).key(key), RequestBody.fromString(failureRecord));
            var size = (long) failureRecord.length();
            notices.accept(new S3Notice("ObjectCreated:Put", bucket, key, size, put.eTag(), null, id).json(now));
        });
    }
}
