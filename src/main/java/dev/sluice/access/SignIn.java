package dev.sluice.access;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How a page signs somebody in: authorization code with PKCE (RFC 7636), as a public client.
 *
 * @param authorizationEndpoint where the browser is sent
 * @param tokenEndpoint where the page changes the code for tokens
 * @param endSessionEndpoint where the browser is sent to sign out, if the issuer has one
 * @param clientId the page's, at the issuer
 * @param scopes what the page asks for
 */
public record SignIn(
        URI authorizationEndpoint,
        URI tokenEndpoint,
        Optional<URI> endSessionEndpoint,
        String clientId,
        List<String> scopes) {

    /** Scheme, host and port of the token endpoint, which a content security policy has to let the page connect to. */
    public String tokenOrigin() {
        return tokenEndpoint.getScheme() + "://" + tokenEndpoint.getRawAuthority();
    }
}
