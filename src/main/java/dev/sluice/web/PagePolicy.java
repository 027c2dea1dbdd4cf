package dev.sluice.web;

import dev.sluice.access.Access;
import dev.sluice.access.IssuerException;
import dev.sluice.access.SignIn;
import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.live.Tickets;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/**
 * What the page may load and whom it may talk to (W3C Content Security Policy Level 3): everything from its own origin,
 * nothing inline, the buckets that it uploads to, the issuer that changes a code for tokens, and where changes are told
 * live, if that is another host: {@code 'self'} holds for WebSockets to the page's own.
 */
final class PagePolicy {

    private static final Logger LOG = LoggerFactory.getLogger(PagePolicy.class);

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private final AwsClients aws;
    private final Feeds feeds;
    private final WebSettings settings;
    private final Access access;
    private final Tickets tickets;

    PagePolicy(AwsClients aws, Feeds feeds, WebSettings settings, Access access, Tickets tickets) {
        this.aws = aws;
        this.feeds = feeds;
        this.settings = settings;
        this.access = access;
        this.tickets = tickets;
    }

    String text() {
        return POLICY.formatted(Stream.of(Stream.of("'self'"), bucketOrigins().stream(), tokenOrigin(), liveOrigin())
                .flatMap(origins -> origins)
                .collect(Collectors.joining(" ")));
    }

    /** While the issuer cannot be asked, the page is shown all the same; it says itself that nobody can sign in. */
    private Stream<String> tokenOrigin() {
        try {
            return access.signIn().map(SignIn::tokenOrigin).stream();
        } catch (IssuerException _) {
            return Stream.empty();
        }
    }

    private Stream<String> liveOrigin() {
        return tickets.url().map(url -> origin(URI.create(url))).stream();
    }

    private Set<String> bucketOrigins() {
        return feeds.all().stream()
                .map(Feed::bucket)
                .map(bucket -> bucket.isEmpty() ? settings.bucket() : bucket)
                .distinct()
                .flatMap(this::origin)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As a signed address of the bucket begins. Where none can be signed, the page is shown all the same. */
    private Stream<String> origin(String bucket) {
        try {
            PresignedPutObjectRequest put = aws.presigner()
                    .presignPutObject(sign -> sign.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(object -> object.bucket(bucket).key("any")));
            return Stream.of(origin(URI.create(put.url().toString())));
        } catch (SdkException e) {
            LOG.warn("The page cannot upload to the bucket {}: no address of it can be signed.", bucket, e);
            return Stream.empty();
        }
    }

    private static String origin(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port;
    }
}
