package dev.sluice.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Takes access tokens of one issuer: JSON web tokens that it signed with a key of its own (RFC 7519, RFC 8725). Keys are
 * fetched when the first token comes, and again when they are old or a token names one that is not known, but no more
 * than {@code FETCHES} say.
 */
final class Tokens implements Access {

    /** Asymmetric ones only: what verifies a token must not be able to sign one. RS256 is Cognito's and OpenID's own. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** {@code at+jwt} is an access token's own type (RFC 9068, 2.1); most issuers write JWT or nothing. */
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
            new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, TokenClaims.ACCESS_TOKEN, null);

    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 16 * 1024;

    /** At most two fetches in this time, whatever tokens come. */
    private static final Duration FETCHES = Duration.ofSeconds(30);

    /** A key that the issuer has withdrawn is taken no longer than this. */
    private static final Duration KEYS_ARE_OLD = Duration.ofMinutes(10);

    /** While the issuer cannot be asked, the keys that are known are good for this long. */
    private static final Duration OUTAGE = Duration.ofHours(1);

    private static final Duration FETCH = Duration.ofSeconds(5);

    private final AccessSettings settings;
    private final Issuer issuer;
    private final TokenClaims claims;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    Tokens(AccessSettings settings, Issuer issuer) {
        this.settings = settings;
        this.issuer = issuer;
        this.claims = new TokenClaims(settings);
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(issuer)
                .cache(KEYS_ARE_OLD.toMillis(), FETCH.toMillis())
                .refreshAheadCache(false)
                .rateLimited(FETCHES.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
        processor.setJWSTypeVerifier(TYPES);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("iss", "sub", "exp")));
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public Caller caller(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw UnauthorizedException.noToken();
        }
        if (authorization.length() > LONGEST) {
            throw UnauthorizedException.badToken("The token is too long.");
        }
        return caller(verified(authorization.substring(SCHEME.length()).strip()));
    }

    private Caller caller(Verified token) {
        if (!claims.isAccessToken(token.header(), token.claims())) {
            throw UnauthorizedException.badToken("The token is no access token.");
        }
        if (!claims.isForUs(token.claims())) {
            throw UnauthorizedException.badToken("The token is for another audience or client.");
        }
        return new Caller(token.claims().getSubject(), claims.role(token.claims()));
    }

    private Verified verified(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            return new Verified(token.getHeader(), processor.process(token, null));
        } catch (ExpiredJWTException _) {
            throw UnauthorizedException.badToken("The token has expired.");
        } catch (ParseException | BadJOSEException _) {
            throw refused();
        } catch (RateLimitReachedException e) {
            // No more is fetched now: either the key is unknown, or no key is known.
            throw issuer.gaveKeys() ? refused() : unavailable(e);
        } catch (KeySourceException e) {
            throw unavailable(e);
        } catch (JOSEException _) {
            throw refused();
        }
    }

    private static UnauthorizedException refused() {
        return UnauthorizedException.badToken(
                "The token is not one of this issuer's that is good now: its form, key, signature, issuer or times are wrong.");
    }

    private IssuerException unavailable(KeySourceException e) {
        return new IssuerException(
                "The issuer %s cannot be asked now for its keys; try again soon.".formatted(settings.issuer()), e);
    }

    @Override
    public Optional<SignIn> signIn() {
        IssuerMetadata metadata = issuer.metadata();
        return Optional.of(new SignIn(
                metadata.authorizationEndpoint(),
                metadata.tokenEndpoint(),
                Optional.ofNullable(metadata.endSessionEndpoint()),
                settings.clientId(),
                settings.scopes()));
    }

    private record Verified(JWSHeader header, JWTClaimsSet claims) {}
}
