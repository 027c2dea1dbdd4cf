package dev.sluice.store;

import dev.sluice.aws.AwsClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
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
        put(key, contentType, Map.of(), bytes);
    }

    /**
     * Keeps the bytes under the key, in place of what was there.
     *
     * @param about metadata for who finds them there; ASCII, and 2 KB at most
     */
    public void put(String key, String contentType, Map<String, String> about, byte[] bytes) {
        aws.s3()
                .putObject(
                        put -> put.bucket(settings.bucket())
                                .key(key)
                                .contentType(contentType)
                                .metadata(about),
                        RequestBody.fromBytes(bytes));
    }

    /**
     * Keeps the bytes under the key, in place of what was there.
     *
     * @throws SdkException if S3 has not taken them within the time
     */
    public void put(String key, String contentType, byte[] bytes, Duration atMost) {
        aws.s3()
                .putObject(
                        put -> put.bucket(settings.bucket())
                                .key(key)
                                .contentType(contentType)
                                .overrideConfiguration(limits -> limits.apiCallTimeout(limit(atMost))),
                        RequestBody.fromBytes(bytes));
    }

    /**
     * What is kept under the key, if anything is.
     *
     * @throws SdkException if S3 has not answered within the time
     */
    public Optional<byte[]> find(String key, Duration atMost) {
        try {
            return Optional.of(aws.s3()
                    .getObjectAsBytes(get -> get.bucket(settings.bucket())
                            .key(key)
                            .overrideConfiguration(limits -> limits.apiCallTimeout(limit(atMost))))
                    .asByteArrayUnsafe());
        } catch (NoSuchKeyException _) {
            return Optional.empty();
        }
    }

    private Duration limit(Duration atMost) {
        return atMost.compareTo(aws.callTimeout()) < 0 ? atMost : aws.callTimeout();
    }

    /** The address of what is kept under the key, {@code s3://bucket/key}. */
    public String address(String key) {
        return "s3://" + settings.bucket() + "/" + key;
    }

    /** The key at the address, if it is one of this bucket. */
    public Optional<String> key(String address) {
        String bucket = address("");
        return address.startsWith(bucket) ? Optional.of(address.substring(bucket.length())) : Optional.empty();
    }

    /** What is kept under the key. */
    public byte[] get(String key) {
        return aws.s3()
                .getObjectAsBytes(get -> get.bucket(settings.bucket()).key(key))
                .asByteArrayUnsafe();
    }

    /** The first bytes of what is kept under the key, if anything is. */
    public Optional<byte[]> head(String key, int bytes) {
        try {
            return Optional.of(aws.s3()
                    .getObjectAsBytes(
                            get -> get.bucket(settings.bucket()).key(key).range("bytes=0-" + (bytes - 1)))
                    .asByteArrayUnsafe());
        } catch (NoSuchKeyException _) {
            return Optional.empty();
        }
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
