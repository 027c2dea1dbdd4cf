package dev.sluice.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a token's claims say, in the words of Amazon Cognito (Amazon Cognito Developer Guide, "Understanding the access
 * token") and of other issuers.
 */
final class TokenClaims {

    /** An access token's own type (RFC 9068, 2.1); most issuers write JWT or nothing. */
    static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private static final List<String> GROUPS = List.of("cognito:groups", "groups");
    private static final List<String> SCOPES = List.of("scope", "scp");

    private final AccessSettings settings;

    TokenClaims(AccessSettings settings) {
        this.settings = settings;
    }

    /**
     * Whether it is an access token and no ID token, which says who somebody is and not what they may do. Cognito says so
     * by {@code token_use}, others by the type or by scopes, which an ID token has not (OpenID Connect Core 1.0, 2).
     */
    boolean isAccessToken(JWSHeader header, JWTClaimsSet claims) {
        Object use = claims.getClaim("token_use");
        if (use != null) {
            return use.equals("access");
        }
        return ACCESS_TOKEN.equals(header.getType()) || !words(SCOPES, claims).isEmpty();
    }

    /** Whether its audience is ours; Cognito's access tokens have none, but name the client that it was made for. */
    boolean isForUs(JWTClaimsSet claims) {
        return claims.getClaim("aud") == null
                ? settings.clientId().equals(claims.getClaim("client_id"))
                : claims.getAudience().contains(settings.audience());
    }

    /** The highest role that a group or scope brings; {@link Role#OPEN} if none does. */
    Role role(JWTClaimsSet claims) {
        List<String> groups = words(GROUPS, claims);
        List<String> scopes = words(SCOPES, claims);
        AccessSettings.Roles roles = settings.roles();
        if (brings(roles.operator(), groups, scopes)) {
            return Role.OPERATOR;
        }
        if (brings(roles.uploader(), groups, scopes)) {
            return Role.UPLOADER;
        }
        return brings(roles.viewer(), groups, scopes) ? Role.VIEWER : Role.OPEN;
    }

    private static boolean brings(String role, List<String> groups, List<String> scopes) {
        return groups.contains(role)
                || scopes.stream()
                        .anyMatch(scope -> scope.equals(role)
                                || scope.substring(scope.lastIndexOf('/') + 1).equals(role));
    }

    private static List<String> words(List<String> names, JWTClaimsSet claims) {
        return names.stream()
                .map(claims::getClaim)
                .filter(Objects::nonNull)
                .flatMap(TokenClaims::words)
                .toList();
    }

    /** Several are a list, or words of one text. */
    private static Stream<String> words(Object claim) {
        return switch (claim) {
            case String text -> Stream.of(text.split(" "));
            case Collection<?> many ->
                many.stream().filter(String.class::isInstance).map(String.class::cast);
            default -> Stream.empty();
        };
    }
}
