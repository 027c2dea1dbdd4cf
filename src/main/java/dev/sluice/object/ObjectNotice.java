package dev.sluice.object;

import java.util.Objects;

/**
 * A hint that something happened to an object. What really lies there, S3 is asked.
 *
 * @param key the object's key, decoded
 */
public record ObjectNotice(String bucket, String key) {

    public ObjectNotice {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
    }
}
