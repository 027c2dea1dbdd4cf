package dev.sluice.object;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One version of an object; whatever is put in its place, only that version's bytes are read. */
final class PinnedObject {

    private static final int NOT_FOUND = 404;

    private final S3Client s3;
    private final GetObjectRequest pinned;
    private final long bytes;
    private final Instant modified;
    private final Runnable beforeRead;

    private PinnedObject(S3Client s3, GetObjectRequest pinned, long bytes, Instant modified, Runnable beforeRead) {
        this.s3 = s3;
        this.pinned = pinned;
        this.bytes = bytes;
        this.modified = modified;
        this.beforeRead = beforeRead;
    }

    /**
     * What S3 says lies there now. In a bucket without versions, reading fails once something else lies there.
     *
     * @param beforeRead is asked all the time while it is read whether that may go on; throws if not
     */
    static PinnedObject of(S3Client s3, ObjectNotice notice, HeadObjectResponse head, Runnable beforeRead) {
        var request = GetObjectRequest.builder().bucket(notice.bucket()).key(notice.key());
        String version = version(head);
        var pinned = version.equals(head.versionId()) ? request.versionId(version) : request.ifMatch(head.eTag());
        return new PinnedObject(s3, pinned.build(), head.contentLength(), head.lastModified(), beforeRead);
    }

    /** What S3 says of the object; empty if nothing lies there. */
    static Optional<HeadObjectResponse> head(S3Client s3, ObjectNotice notice) {
        try {
            return Optional.of(
                    s3.headObject(request -> request.bucket(notice.bucket()).key(notice.key())));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Why S3 gives nothing of the object out, if that is for good. The answer to a HEAD cannot say so: it has no body. */
    static Optional<Refusal> refusal(S3Client s3, ObjectNotice notice) {
        try {
            s3.getObject(request -> request.bucket(notice.bucket()).key(notice.key()))
                    .abort();
            return Optional.empty();
        } catch (S3Exception e) {
            return Refusal.ofUntold(e);
        }
    }

    /** In a bucket that never had versions S3 names none, in a suspended one it names "null": then the eTag tells. */
    static String version(HeadObjectResponse head) {
        String versionId = head.versionId();
        return versionId == null || versionId.equals("null") ? eTag(head.eTag()) : versionId;
    }

    /** S3 sends it in quotes. */
    static String eTag(String quoted) {
        return quoted.replace("\"", "");
    }

    long bytes() {
        return bytes;
    }

    /** In whole seconds. */
    Instant modified() {
        return modified;
    }

    /** The same version as if it ended there. */
    PinnedObject until(long end) {
        return new PinnedObject(s3, pinned, end, modified, beforeRead);
    }

    /** Its bytes from that one on; a connection that breaks is made again. */
    ObjectBody open(long from) {
        return new ObjectBody(this::get, from, bytes, beforeRead);
    }

    private ResponseInputStream<GetObjectResponse> get(long from) throws IOException {
        return s3.getObject(
                from == 0
                        ? pinned
                        : pinned.toBuilder().range("bytes=" + from + "-").build());
    }
}
