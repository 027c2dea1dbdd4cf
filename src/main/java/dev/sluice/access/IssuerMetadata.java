package dev.sluice.access;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What an issuer says of itself (OpenID Connect Discovery 1.0, 3, and RP-Initiated Logout 1.0, 2.1). */
@JsonIgnoreProperties(ignoreUnknown = true)
record IssuerMetadata(
        String issuer,
        @JsonProperty("jwks_uri") URI jwksUri,
        @JsonProperty("authorization_endpoint") URI authorizationEndpoint,
        @JsonProperty("token_endpoint") URI tokenEndpoint,
        @JsonProperty("end_session_endpoint") @Nullable URI endSessionEndpoint) {

    /** Whether it is that issuer's, exactly, and all of it can be trusted on the way (OpenID Connect Discovery 1.0, 4.3). */
    boolean isOf(String name) {
        return name.equals(issuer)
                && isSafe(jwksUri)
                && isSafe(authorizationEndpoint)
                && isSafe(tokenEndpoint)
                && (endSessionEndpoint == null || isSafe(endSessionEndpoint));
    }

    /** JSON may lack it. */
    private static boolean isSafe(@Nullable URI address) {
        return address != null && AccessSettings.isSafe(address.toString());
    }
}
