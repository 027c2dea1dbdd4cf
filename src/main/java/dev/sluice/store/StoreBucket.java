package dev.sluice.store;

import dev.sluice.aws.AwsClients;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What Sluice keeps under keys of its own. */
public final class StoreBucket {

    private final AwsClients aws;
    private final StoreSettings settings;

    StoreBucket(AwsClients aws, StoreSettings settings) {
        this.aws = aws;
        this.settings = settings;
    }

    /** Keeps the bytes under the key, in place of what was there. */
    public void put(String key, String contentType, byte[] bytes) {
        aws.s3()
                .putObject(
                        put -> put.bucket(settings.bucket()).key(key).contentType(contentType),
                        RequestBody.fromBytes(bytes));
    }

    /** What is kept under the key. */
    public byte[] get(String key) {
        return aws.s3()
                .getObjectAsBytes(get -> get.bucket(settings.bucket()).key(key))
                .asByteArrayUnsafe();
    }

    /** Some keys in order, and whether there are more behind them. */
    public record Keys(List<String> names, boolean more) {}

    /** Removes what is kept under the key. */
    public void delete(String key) {
        aws.s3().deleteObject(delete -> delete.bucket(settings.bucket()).key(key));
    }

    /** Keys with the prefix that come behind {@code after}. */
    public Keys keys(String prefix, String after) {
        var page = aws.s3()
                .listObjectsV2(
                        list -> list.bucket(settings.bucket()).prefix(prefix).startAfter(after));
        return new Keys(page.contents().stream().map(S3Object::key).toList(), page.isTruncated());
    }
}
