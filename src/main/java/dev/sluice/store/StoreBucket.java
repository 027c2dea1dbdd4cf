package dev.sluice.store;

import dev.sluice.aws.AwsClients;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What Sluice keeps under keys of its own. */
public final class StoreBucket {

    /** How many keys one list holds (Amazon S3 API Reference, ListObjectsV2). */
    public static final int MOST_KEYS = 1000;

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

    /** Up to {@link #MOST_KEYS} keys with the prefix, in order, that come behind {@code after}. */
    public List<String> keys(String prefix, String after) {
        return aws
                .s3()
                .listObjectsV2(
                        list -> list.bucket(settings.bucket()).prefix(prefix).startAfter(after))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }
}
