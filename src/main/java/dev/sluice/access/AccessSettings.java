package dev.sluice.access;

import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.access}.
 *
 * @param issuer who signs the tokens, exactly as in their {@code iss}; empty: nobody has to sign in at the local server,
 *     and nobody gets in through the door
 * @param clientId the page's, at the issuer
 * @param audience what a token has to be for; the client's id if it is empty
 * @param roles the groups or scopes that bring the roles
 * @param scopes what the page asks for when it signs somebody in
 */
@ConfigurationProperties("sluice.access")
record AccessSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String audience,
        @DefaultValue Roles roles,
        @DefaultValue("openid") List<String> scopes) {

    AccessSettings {
        if (!issuer.isEmpty()) {
            if (!isSafe(issuer)) {
                throw new SettingException(
                        "The setting sluice.access.issuer is '%s': use the issuer's https address without query, exactly as in the tokens' iss."
                                .formatted(issuer));
            }
            Setting.required("sluice.access.client-id", clientId);
        } else if (!clientId.isEmpty() || !audience.isEmpty()) {
            Setting.required("sluice.access.issuer", issuer);
        }
        audience = audience.isEmpty() ? clientId : audience;
        scopes = List.copyOf(scopes);
    }

    boolean hasIssuer() {
        return !issuer.isEmpty();
    }

    /** Whether nobody on the way can change what is fetched there: by https, or from this machine itself. */
    static boolean isSafe(String address) {
        try {
            URI uri = URI.create(address);
            boolean plain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return plain
                    && switch (uri.getScheme()) {
                        case "https" -> true;
                        case "http" -> uri.getHost().matches("127\\.0\\.0\\.1|localhost|\\[::1]");
                        case null, default -> false;
                    };
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /**
     * {@code sluice.access.roles}: the name of a group or scope each. A scope {@code api/viewer} counts by its last part,
     * unless the name has a slash itself.
     */
    record Roles(
            @DefaultValue("viewer") String viewer,
            @DefaultValue("uploader") String uploader,
            @DefaultValue("operator") String operator) {

        Roles {
            Setting.required("sluice.access.roles.viewer", viewer);
            Setting.required("sluice.access.roles.uploader", uploader);
            Setting.required("sluice.access.roles.operator", operator);
        }
    }
}
