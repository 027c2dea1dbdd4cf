package dev.sluice.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tokens of an operator that let nobody in, each for one reason. */
public final class WrongTokens {

    /** More than clocks may differ. */
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    /** Longer than tests that use the tokens take. */
    private static final Duration LONG = Duration.ofMinutes(30);

    private static final String OTHER = "https://other.example.com";

    private final LocalIssuer issuer;
    private final RSAKey key;
    private final RSAKey unknown = IssuerKeys.newRsa();

    private WrongTokens(LocalIssuer issuer) {
        this.issuer = issuer;
        this.key = issuer.keys().rsa();
    }

    /** Each by its reason. */
    public static Map<String, String> of(LocalIssuer issuer) {
        return new WrongTokens(issuer).all();
    }

    private Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        all.put("expired", signed(claims().expirationTime(fromNow(A_WHILE.negated()))));
        all.put("not yet valid", signed(claims().notBeforeTime(fromNow(LONG))));
        all.put("without expiry", signed(claims().expirationTime(null)));
        all.put("of another issuer", signed(claims().issuer(OTHER)));
        all.put("of no issuer", signed(claims().issuer(null)));
        all.put("of nobody", signed(claims().subject(null)));
        all.put("for another audience", signed(claims().audience(OTHER)));
        all.put("for other audiences", signed(claims().audience(List.of(OTHER, "another"))));
        all.put("of another client", signed(claims().claim("client_id", "other")));
        all.put("of no client", signed(claims().claim("client_id", null)));
        all.put("an ID token", issuer.idToken("operator", ""));
        all.put("another issuer's ID token", signed(withoutUse().audience(LocalIssuer.CLIENT)));
        all.put("for a use that is not known", signed(claims().claim("token_use", "refresh")));
        all.put("for a use that is no text", signed(claims().claim("token_use", List.of("access"))));
        all.put("of another type", signed(header(JWSAlgorithm.RS256).type(new JOSEObjectType("dpop+jwt"))));
        all.put("alg:none", new PlainJWT(claims().build()).serialize());
        all.put("alg:none with a signature", unsigned("none"));
        all.put("alg:nOnE with a signature", unsigned("nOnE"));
        all.put("HS256 with the public key", hmac(publicKey()));
        all.put(
                "HS256 with the published key",
                hmac(Base64URL.encode(key.toPublicJWK().toString())));
        all.put("PS256", signed(header(JWSAlgorithm.PS256)));
        all.put("tampered", tampered());
        all.put("with another's signature", withSignatureOf(signed(claims().subject("somebody"))));
        all.put("without a signature", withoutSignature() + ".");
        all.put("of an unknown key", IssuerKeys.signed(JWSAlgorithm.RS256, unknown, claims().build()));
        all.put("of an unknown key by a known name", signedByUnknown(header(JWSAlgorithm.RS256)));
        all.put(
                "of the key that it brings itself",
                signedByUnknown(header(JWSAlgorithm.RS256).jwk(unknown.toPublicJWK())));
        all.put(
                "with a header that has to be understood",
                signed(header(JWSAlgorithm.RS256)
                        .criticalParams(Set.of("exotic"))
                        .customParam("exotic", true)));
        all.put("too long", signed(claims().claim("filler", "x".repeat(16 * 1024))));
        all.put("encrypted", "e30.e30.e30.e30.e30");
        all.put("no token", "operator");
        all.put("empty", "");
        all.put("twice", issuer.accessToken("operator") + ", Bearer " + issuer.accessToken("operator"));
        return all;
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims("operator");
    }

    /** As issuers write them that do not say what a token is for. */
    private JWTClaimsSet.Builder withoutUse() {
        return claims().claim("token_use", null).claim("scope", null);
    }

    private static Date fromNow(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    private JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
    }

    private String signed(JWTClaimsSet.Builder claims) {
        return issuer.keys().signed(claims.build());
    }

    private String signed(JWSHeader.Builder header) {
        return IssuerKeys.signed(header.build(), key, claims().build());
    }

    private String signedByUnknown(JWSHeader.Builder header) {
        return IssuerKeys.signed(header.build(), unknown, claims().build());
    }

    /** What everybody knows of the issuer's key, used as if it were a secret. */
    private String hmac(Base64URL secret) {
        JWK shared = new OctetSequenceKey.Builder(secret).keyID(key.getKeyID()).build();
        return IssuerKeys.signed(header(JWSAlgorithm.HS256).build(), shared, claims().build());
    }

    private Base64URL publicKey() {
        try {
            return Base64URL.encode(key.toRSAPublicKey().getEncoded());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String unsigned(String algorithm) {
        String[] parts = issuer.accessToken("operator").split("\\.", -1);
        String header = "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(algorithm, key.getKeyID());
        return Base64URL.encode(header) + "." + parts[1] + "." + parts[2];
    }

    /** A viewer's, who makes an operator of himself. */
    private String tampered() {
        String[] parts = issuer.accessToken("viewer").split("\\.", -1);
        String claims = new Base64URL(parts[1]).decodeToString().replace("[\"viewer\"]", "[\"operator\"]");
        return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
    }

    private String withSignatureOf(String other) {
        return withoutSignature() + other.substring(other.lastIndexOf('.'));
    }

    private String withoutSignature() {
        String token = issuer.accessToken("operator");
        return token.substring(0, token.lastIndexOf('.'));
    }
}
