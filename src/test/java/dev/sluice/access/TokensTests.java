package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.local.IssuerKeys;
import dev.sluice.local.LocalIssuer;
import dev.sluice.local.WrongTokens;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are taken, and what they bring. */
class TokensTests {

    private static final LocalIssuer ISSUER = LocalIssuer.start();
    private static final Access ACCESS = LocalAccess.of(ISSUER);

    private static final String WRONG =
            "The token is not one of this issuer's that is good now: its form, key, signature, issuer or times are wrong.";

    /** Of those that are wrong in another way than {@link #WRONG} says. */
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("expired", "The token has expired."),
            Map.entry("for another audience", "The token is for another audience or client."),
            Map.entry("for other audiences", "The token is for another audience or client."),
            Map.entry("of another client", "The token is for another audience or client."),
            Map.entry("of no client", "The token is for another audience or client."),
            Map.entry("an ID token", "The token is no access token."),
            Map.entry("another issuer's ID token", "The token is no access token."),
            Map.entry("for a use that is not known", "The token is no access token."),
            Map.entry("for a use that is no text", "The token is no access token."),
            Map.entry("too long", "The token is too long."));

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    static List<Map.Entry<String, String>> wrong() {
        return List.copyOf(WrongTokens.of(ISSUER).entrySet());
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongTokenIsRefused(Map.Entry<String, String> token) {
        var refusal =
                catchThrowableOfType(UnauthorizedException.class, () -> ACCESS.caller("Bearer " + token.getValue()));

        assertThat(refusal).as(token.getKey()).hasMessage(SENTENCES.getOrDefault(token.getKey(), WRONG));
        assertThat(refusal.challenge()).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic b3BlcmF0b3I6", "BearereyJ", "eyJ"})
    void withoutATokenOneIsAskedForIt(String authorization) {
        var refusal = catchThrowableOfType(UnauthorizedException.class, () -> ACCESS.caller(authorization));

        assertThat(refusal).hasMessage("Sign in: this takes a token, as in 'authorization: Bearer …'.");
        assertThat(refusal.challenge()).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @CsvSource({"viewer, VIEWER", "uploader, UPLOADER", "operator, OPERATOR", "nobody, OPEN"})
    void aTokenOfCognitoBringsTheRoleOfItsGroup(String user, Role role) {
        assertThat(caller(ISSUER.accessToken(user))).isEqualTo(new Caller("local-" + user, role));
    }

    @Test
    void theHighestRoleCounts() {
        assertThat(role(nobody().claim("cognito:groups", List.of("viewer", "operator", "uploader"))))
                .isEqualTo(Role.OPERATOR);
    }

    @ParameterizedTest
    @CsvSource({
        "groups, operator,               OPERATOR",
        "groups, operators,              OPEN",
        "groups, api/operator,           OPEN",
        "scope,  openid operator,        OPERATOR",
        "scope,  openid api/operator,    OPERATOR",
        "scope,  https://a.example/b/uploader openid, UPLOADER",
        "scope,  operator/viewer,        VIEWER",
        "scope,  api/operator:read,      OPEN",
        "scope,  api-operator OPERATOR,  OPEN",
        "scp,    operator,               OPERATOR",
        "roles,  operator,               OPEN"
    })
    void groupsAndScopesBringRoles(String claim, String value, Role role) {
        assertThat(role(nobody().claim(claim, value))).isEqualTo(role);
        assertThat(role(nobody().claim(claim, List.of(value.split(" "))))).isEqualTo(role);
    }

    @Test
    void theSettingsNameTheGroupsAndScopes() {
        var roles = new AccessSettings.Roles("everybody", "senders", "https://sluice.example.com/admin");
        Tokens access = LocalAccess.of(ISSUER, roles);

        assertThat(role(access, nobody().claim("groups", "viewer operator"))).isEqualTo(Role.OPEN);
        assertThat(role(access, nobody().claim("groups", "everybody"))).isEqualTo(Role.VIEWER);
        assertThat(role(access, nobody().claim("scope", "https://sluice.example.com/admin")))
                .isEqualTo(Role.OPERATOR);
        assertThat(role(access, nobody().claim("scope", "https://other.example.com/admin")))
                .isEqualTo(Role.OPEN);
    }

    @Test
    void anotherIssuersAccessTokenNamesItsAudienceAndItsTypeOrScopes() {
        var claims = ISSUER.claims("viewer").claim("token_use", null).claim("client_id", null);
        claims.audience(List.of("another", LocalIssuer.CLIENT));
        assertThat(role(claims)).isEqualTo(Role.VIEWER);

        claims.claim("scope", null);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(ISSUER.keys().ec().getKeyID());
        assertThat(caller(IssuerKeys.signed(header.build(), ISSUER.keys().ec(), claims.build()))
                        .role())
                .isEqualTo(Role.VIEWER);
    }

    @Test
    void anAudienceOfItsOwnIsSettledByTheSettings() {
        Tokens access = LocalAccess.of(ISSUER, "https://sluice.example.com");

        assertThat(role(access, ISSUER.claims("viewer").audience("https://sluice.example.com")))
                .isEqualTo(Role.VIEWER);
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> role(access, ISSUER.claims("viewer").audience(LocalIssuer.CLIENT)));
    }

    @Test
    void clocksMayDifferByHalfAMinute() {
        Date past = Date.from(Instant.now().minusSeconds(30));
        Date future = Date.from(Instant.now().plusSeconds(30));

        assertThat(role(ISSUER.claims("viewer").expirationTime(past))).isEqualTo(Role.VIEWER);
        assertThat(role(ISSUER.claims("viewer").notBeforeTime(future))).isEqualTo(Role.VIEWER);
    }

    @Test
    void theKeysNameMayBeMissingAndTheSchemeInAnyCase() {
        String token = IssuerKeys.signed(
                new JWSHeader(JWSAlgorithm.RS256),
                ISSUER.keys().rsa(),
                ISSUER.claims("viewer").build());

        assertThat(ACCESS.caller("bearer  " + token).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void aTokenSaysNothingOfItselfInWhatIsPrinted() {
        assertThat(ACCESS.isOpen()).isFalse();
        String token = ISSUER.accessToken("viewer") + "x";
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> caller(token))
                .satisfies(
                        refusal -> assertThat(refusal).hasNoCause().message().doesNotContain(token.substring(0, 20)));
    }

    private static JWTClaimsSet.Builder nobody() {
        return ISSUER.claims("nobody");
    }

    private static Role role(JWTClaimsSet.Builder claims) {
        return role(ACCESS, claims);
    }

    private static Role role(Access access, JWTClaimsSet.Builder claims) {
        return access.caller("Bearer " + ISSUER.keys().signed(claims.build())).role();
    }

    private static Caller caller(String token) {
        return ACCESS.caller("Bearer " + token);
    }
}
