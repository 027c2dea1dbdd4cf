package dev.sluice.web;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.object.ObjectId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Allows one upload: a signed PUT of exactly that key, size and type, for a short time. */
final class UploadObject implements Function<WebRequest, WebResponse> {

    private static final Duration VALID = Duration.ofMinutes(15);

    /** The most bytes of one PUT, and of a key: Amazon S3 User Guide, "Uploading objects" and "Naming objects". */
    private static final long MOST_BYTES = 5L << 30;

    private static final int LONGEST_KEY = 1024;

    /**
     * What clients call the files that feeds are made of; browsers on Windows take CSV for Excel's. Nothing depends on it
     * later: how an object is read is the feed's to say.
     */
    private static final Pattern TYPE = Pattern.compile(
            "(text/(plain|csv|tab-separated-values)"
                    + "|application/(json|x-ndjson|ndjson|jsonl|csv|vnd\\.ms-excel|gzip|x-gzip|zstd|octet-stream))"
                    + "(; ?charset=[A-Za-z0-9._:-]{1,40})?",
            Pattern.CASE_INSENSITIVE);

    private static final String BYTES = "application/octet-stream";

    private final AwsClients aws;
    private final Feeds feeds;
    private final WebSettings settings;
    private final Replies replies;

    UploadObject(AwsClients aws, Feeds feeds, WebSettings settings, Replies replies) {
        this.aws = aws;
        this.feeds = feeds;
        this.settings = settings;
        this.replies = replies;
    }

    /**
     * The request's body.
     *
     * @param type what will be sent as the content type; none is that of any bytes
     */
    record Upload(
            @Nullable String feed,
            @Nullable String name,
            @Nullable Long size,
            Optional<String> type) {}

    /**
     * What to send, and how.
     *
     * @param id the ledger's of the object that the upload will be
     */
    record Permission(
            String id,
            String method,
            String url,
            Map<String, String> headers,
            Instant expires,
            String bucket,
            String key) {}

    @Override
    public WebResponse apply(WebRequest request) {
        Upload upload = replies.body(request, Upload.class);
        Feed feed = Optional.ofNullable(upload.feed())
                .flatMap(feeds::named)
                .orElseThrow(() -> Problem.unprocessable("feed has to name a feed."));
        long size = upload.size() == null ? 0 : upload.size();
        long most = Math.min(MOST_BYTES, feed.rules().maxObjectBytes());
        if (size < 1 || size > most) {
            throw Problem.unprocessable("size has to be the file's bytes, from 1 to %d.".formatted(most));
        }
        String bucket = feed.bucket().isEmpty() ? settings.bucket() : feed.bucket();
        String key = key(feed, bucket, upload.name() == null ? "" : upload.name());
        String type = upload.type().orElse(BYTES);
        if (!TYPE.matcher(type).matches()) {
            throw Problem.unprocessable(
                    "type has to be one of a text, CSV, JSON or compressed file, such as text/csv, or be left out.");
        }
        PresignedPutObjectRequest put = aws.presigner().presignPutObject(sign -> sign.signatureDuration(VALID)
                .putObjectRequest(object ->
                        object.bucket(bucket).key(key).contentLength(size).contentType(type)));
        return replies.done(new Permission(
                ObjectId.of(bucket, key),
                put.httpRequest().method().name(),
                put.url().toString(),
                headers(put),
                put.expiration(),
                bucket,
                key));
    }

    private String key(Feed feed, String bucket, String name) {
        String key = feed.keyFor(name);
        boolean fits = !name.isBlank()
                && !name.endsWith("/")
                && key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY
                && feeds.match(bucket, key)
                        .map(Feeds.Match::feed)
                        .filter(feed::equals)
                        .isPresent();
        if (!fits) {
            throw Problem.unprocessable("name has to make a key like '%s'.".formatted(feed.glob()));
        }
        return key;
    }

    /** A client sends the host by itself. */
    private static Map<String, String> headers(PresignedPutObjectRequest put) {
        var headers = new TreeMap<String, String>();
        put.signedHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        headers.remove("host");
        return headers;
    }
}
