package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.util.Optional;

/**
 * Makes a notice of the two parts by which S3 names an object: {@code bucket} and {@code object}. They stand in a
 * notification's {@code s3} and in an EventBridge event's {@code detail}, with names spelled a little differently.
 */
final class NoticeDecoder {

    private String bucket = "";
    private String key = "";
    private String versionId = "";
    private String eTag = "";

    void part(String name, EventReader value) {
        switch (name) {
            case "bucket" -> value.fields(this::bucket);
            case "object" -> value.fields(this::object);
            default -> {}
        }
    }

    private void bucket(String name, EventReader value) {
        if (name.equals("name")) {
            bucket = value.text();
        }
    }

    private void object(String name, EventReader value) {
        switch (name) {
            case "key" -> key = value.text();
            case "versionId", "version-id" -> versionId = value.text();
            case "eTag", "etag" -> eTag = value.text();
            default -> {}
        }
    }

    /** The key as it stands in the event. */
    ObjectNotice notice() {
        if (bucket.isEmpty() || key.isEmpty()) {
            throw new MalformedEventException("An event of S3 lacks its bucket or key.");
        }
        // "null" is every version that a bucket took while its versions were suspended: the eTag tells them apart.
        String version = versionId.isEmpty() || versionId.equals("null") ? eTag : versionId;
        return new ObjectNotice(bucket, key, Optional.of(version).filter(known -> !known.isEmpty()), Optional.empty());
    }
}
