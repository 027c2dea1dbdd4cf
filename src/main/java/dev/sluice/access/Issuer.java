package dev.sluice.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who signs the tokens: where everything of it is (OpenID Connect Discovery 1.0, 4) and its keys. Asked on first use;
 * what has failed is not tried again at once.
 */
final class Issuer implements JWKSetSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final JsonMapper mapper;
    private final InstantSource clock;
    private final ResourceRetriever web = new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
    private @Nullable IssuerMetadata known;
    private @Nullable IssuerException failure;
    private long notBefore;
    private boolean gaveKeys;

    Issuer(String name, JsonMapper mapper, InstantSource clock) {
        this.name = name;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** Where the issuer's endpoints are, as it said last. */
    synchronized IssuerMetadata metadata() {
        IssuerMetadata metadata = known;
        return metadata == null ? asked(this::discovered) : metadata;
    }

    /** The issuer's keys, as they are now, wherever it has them now. */
    synchronized JWKSet keys() {
        gaveKeys = false;
        JWKSet keys = asked(() -> JWKSet.parse(fetched(discovered().jwksUri())));
        gaveKeys = true;
        return keys;
    }

    /** Whether it gave its keys when it was asked for them last. */
    synchronized boolean gaveKeys() {
        return gaveKeys;
    }

    private IssuerMetadata discovered() throws IOException {
        String wellKnown = name.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        IssuerMetadata metadata = mapper.readValue(fetched(URI.create(wellKnown)), IssuerMetadata.class);
        // JSON's null is valid, and says nothing.
        if (metadata == null || !metadata.isOf(name)) {
            throw new IOException("It answers as another one, or lacks an endpoint that is reached by https.");
        }
        known = metadata;
        return metadata;
    }

    private String fetched(URI address) throws IOException {
        return web.retrieveResource(address.toURL()).getContent();
    }

    private <T> T asked(Question<T> question) {
        IssuerException last = failure;
        if (last != null && clock.millis() < notBefore) {
            throw last;
        }
        try {
            T answer = question.ask();
            failure = null;
            return answer;
        } catch (IOException | ParseException | JacksonException | IllegalArgumentException e) {
            var failed = new IssuerException(
                    "The issuer %s cannot be asked now, so nobody can be let in; try again soon.".formatted(name), e);
            LOG.warn("The issuer {} cannot be asked now, and nobody new gets in until it can: {}", name, e.toString());
            failure = failed;
            notBefore = clock.millis() + PAUSE.toMillis();
            throw failed;
        }
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            return keys();
        } catch (IssuerException e) {
            throw new JWKSetRetrievalException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private interface Question<T> {
        T ask() throws IOException, ParseException;
    }
}
