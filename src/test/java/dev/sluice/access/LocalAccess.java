package dev.sluice.access;

import dev.sluice.local.LocalIssuer;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Who gets in by the tokens of a local issuer. */
public final class LocalAccess {

    private static final AccessSettings.Roles ROLES = new AccessSettings.Roles("viewer", "uploader", "operator");

    private LocalAccess() {}

    public static Access of(LocalIssuer issuer) {
        return of(issuer, "");
    }

    static Tokens of(LocalIssuer issuer, String audience) {
        return of(issuer.name(), audience, ROLES, InstantSource.system());
    }

    static Tokens of(LocalIssuer issuer, AccessSettings.Roles roles) {
        return of(issuer.name(), "", roles, InstantSource.system());
    }

    static Tokens of(String issuer, InstantSource clock) {
        return of(issuer, "", ROLES, clock);
    }

    private static Tokens of(String issuer, String audience, AccessSettings.Roles roles, InstantSource clock) {
        var settings = new AccessSettings(issuer, LocalIssuer.CLIENT, audience, roles, List.of("openid"));
        return new Tokens(settings, new Issuer(issuer, JsonMapper.shared(), clock));
    }
}
