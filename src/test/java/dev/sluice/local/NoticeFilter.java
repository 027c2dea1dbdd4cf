package dev.sluice.local;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.util.ContentCachingRequestWrapper;

/**
 * Sees every request to S3Mock and raises a notice for each object that one has created or removed, however it came:
 * from an SDK, by a presigned URL or by plain HTTP.
 */
final class NoticeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String EMPTY_ETAG = "d41d8cd98f00b204e9800998ecf8427e";

    /** 1,000 keys of 1,024 bytes, some escaped. */
    private static final int DELETE_BYTES = 8 * 1024 * 1024;

    private final transient BucketService buckets;
    private final transient ObjectService objects;
    private final transient NoticeOutbox outbox;

    NoticeFilter(BucketService buckets, ObjectService objects, NoticeOutbox outbox) {
        this.buckets = buckets;
        this.objects = objects;
        this.outbox = outbox;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (S3Request.of(request)) {
            case S3Request.Create create -> {
                chain.doFilter(request, response);
                notice(response, () -> created(create.event(), create.bucket(), create.key(), response));
            }
            case S3Request.Form form -> {
                chain.doFilter(request, response);
                var key = Objects.requireNonNullElse(request.getParameter("key"), "");
                notice(response, () -> created("ObjectCreated:Post", form.bucket(), key, response));
            }
            case S3Request.Remove remove -> {
                var known = keys(remove.bucket());
                chain.doFilter(request, response);
                notice(response, () -> removed(remove.bucket(), List.of(remove.target()), known));
            }
            case S3Request.RemoveMany many -> {
                var known = keys(many.bucket());
                var cached = new ContentCachingRequestWrapper(request, DELETE_BYTES);
                chain.doFilter(cached, response);
                notice(
                        response,
                        () -> removed(many.bucket(), S3Request.targets(cached.getContentAsByteArray()), known));
            }
            case S3Request.Other _ -> chain.doFilter(request, response);
        }
    }

    /** What has been done cannot be refused any more: a notice that fails is said aloud. */
    private static void notice(HttpServletResponse response, Runnable raise) {
        if (response.getStatus() / 100 != 2) {
            return;
        }
        try {
            raise.run();
        } catch (RuntimeException e) {
            Lifeline.note("a notice was LOST: " + e);
        }
    }

    private void created(String event, String bucket, String key, HttpServletResponse response) {
        var version = response.getHeader("x-amz-version-id");
        var written = objects.getObject(bucket, key, version);
        if (written == null) {
            Lifeline.note("no notice for an object of " + bucket + ": it was gone before its notice was written");
            return;
        }
        send(new S3Notice(event, bucket, key, size(written), eTag(written), version, requestId()));
    }

    private void removed(String bucket, List<S3Request.Target> targets, Set<String> known) {
        for (var target : targets) {
            var key = target.key();
            if (!known.contains(key)) {
                // Nothing was there. (The real S3 would put a delete marker into a versioned bucket; S3Mock does not.)
                continue;
            }
            var now = target.versionId() == null ? objects.getObject(bucket, key, null) : null;
            if (now != null && now.getDeleteMarker()) {
                var event = "ObjectRemoved:DeleteMarkerCreated";
                send(new S3Notice(event, bucket, key, null, EMPTY_ETAG, now.getVersionId(), requestId()));
            } else if (now == null) {
                send(new S3Notice("ObjectRemoved:Delete", bucket, key, null, null, target.versionId(), requestId()));
            }
        }
    }

    private void send(S3Notice notice) {
        outbox.add(notice.bucket(), notice.json(Instant.now()));
    }

    private Set<String> keys(String bucket) {
        try {
            return buckets.verifyBucketExists(bucket).getObjects().keySet();
        } catch (S3Exception _) {
            return Set.of();
        }
    }

    private static long size(S3ObjectMetadata written) {
        return Long.parseLong(written.getSize());
    }

    private static String eTag(S3ObjectMetadata written) {
        return Objects.requireNonNullElse(written.getEtag(), "").replace("\"", "");
    }

    private static String requestId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
    }
}
