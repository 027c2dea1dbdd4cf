package dev.sluice.object;

import java.util.Objects;
import java.util.Optional;

/**
 * A hint that something happened to an object. What really lies there, S3 is asked.
 *
 * @param key the object's key, decoded
 * @param version what the notice says of the object's version: a versionId, else an eTag without quotes
 * @param part which part of a split object is meant; none for the object itself
 */
public record ObjectNotice(String bucket, String key, Optional<String> version, Optional<Integer> part) {

    public ObjectNotice {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
    }

    static ObjectNotice part(String bucket, String key, int number) {
        return new ObjectNotice(bucket, key, Optional.empty(), Optional.of(number));
    }

    /** A notice that only names the object. */
    public ObjectNotice(String bucket, String key) {
        this(bucket, key, Optional.empty(), Optional.empty());
    }
}
