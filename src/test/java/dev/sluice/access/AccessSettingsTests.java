package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.setting.SettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTests {

    private static final String ISSUER = "https://issuer.example.com/pool";
    private static final AccessSettings.Roles ROLES = new AccessSettings.Roles("viewer", "uploader", "operator");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example.com",
                "http://127.0.0.1.example.com",
                "issuer.example.com",
                "//issuer.example.com",
                "ftp://issuer.example.com",
                "https:issuer.example.com",
                "https:///pool",
                "https://issuer.example.com?a=b",
                "https://issuer.example.com#a",
                "https://me@issuer.example.com",
                "https://issuer example.com",
                " "
            })
    void anIssuerIsReachedByHttpsOrOnThisMachine(String issuer) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> settings(issuer, "page", ""))
                .withMessage(
                        "The setting sluice.access.issuer is '%s': use the issuer's https address without query, exactly as in the tokens' iss.",
                        issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ISSUER,
                "https://issuer.example.com/",
                "http://127.0.0.1:9000",
                "http://localhost",
                "http://[::1]:1"
            })
    void suchAnIssuerIsTaken(String issuer) {
        assertThat(settings(issuer, "page", "").hasIssuer()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example.com, '',   '',  'The setting sluice.access.client-id is missing: set it, or the environment variable SLUICE_ACCESS_CLIENTID.'",
        "https://issuer.example.com, ' ',  api, 'The setting sluice.access.client-id is missing: set it, or the environment variable SLUICE_ACCESS_CLIENTID.'",
        "'',                         page, '',  'The setting sluice.access.issuer is missing: set it, or the environment variable SLUICE_ACCESS_ISSUER.'",
        "'',                         '',   api, 'The setting sluice.access.issuer is missing: set it, or the environment variable SLUICE_ACCESS_ISSUER.'"
    })
    void oneDoesNotGoWithoutTheOther(String issuer, String client, String audience, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> settings(issuer, client, audience))
                .withMessage(sentence);
    }

    @Test
    void withoutAnyOfThemThereIsNoIssuer() {
        assertThat(settings("", "", "").hasIssuer()).isFalse();
    }

    @Test
    void theAudienceIsTheClientUnlessItHasANameOfItsOwn() {
        assertThat(settings(ISSUER, "page", "").audience()).isEqualTo("page");
        assertThat(settings(ISSUER, "page", "api").audience()).isEqualTo("api");
    }

    @ParameterizedTest
    @CsvSource({"'', uploader, operator, viewer", "viewer, ' ', operator, uploader", "viewer, uploader, '', operator"})
    void everyRoleHasAName(String viewer, String uploader, String operator, String missing) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new AccessSettings.Roles(viewer, uploader, operator))
                .withMessageStartingWith("The setting sluice.access.roles.%s is missing:", missing);
    }

    private static AccessSettings settings(String issuer, String client, String audience) {
        return new AccessSettings(issuer, client, audience, ROLES, List.of("openid"));
    }
}
