package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.sluice.local.IssuerKeys;
import dev.sluice.local.LocalIssuer;
import dev.sluice.local.WrongTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the issuer is asked for its keys, and what counts while it cannot be asked. */
class IssuerKeysTests {

    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String KEYS = "/jwks";

    private final LocalIssuer issuer = LocalIssuer.start();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final Tokens access = LocalAccess.of(issuer.name(), now::get);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void theyAreFetchedForTheFirstTokenAndKept() {
        for (int i = 0; i < 20; i++) {
            assertThat(role(issuer.accessToken("viewer"))).isEqualTo(Role.VIEWER);
        }
        assertThat(issuer.asked(METADATA)).isEqualTo(1);
        assertThat(issuer.asked(KEYS)).isEqualTo(1);
    }

    @Test
    void theyAreNotFetchedForWhatIsRefusedAnyway() {
        assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(() -> access.caller(""));
        WrongTokens.of(issuer).forEach((name, token) -> {
            if (name.matches("(alg:|HS256|PS256).*|of another type|encrypted|too long")) {
                refuse(token);
            }
        });
        assertThat(issuer.asked(METADATA)).isZero();
    }

    @Test
    void aNewOneIsFetchedWhenATokenNamesItAndTheOldOneIsTakenNoMore() {
        String old = issuer.accessToken("operator");
        assertThat(role(old)).isEqualTo(Role.OPERATOR);

        issuer.keys().rotate();

        assertThat(role(issuer.accessToken("operator"))).isEqualTo(Role.OPERATOR);
        refuse(old);
    }

    @Test
    void manyUnknownOnesDoNotMakeItBusyNorKeepOthersOut() {
        String known = issuer.accessToken("viewer");
        var stranger = IssuerKeys.newRsa();
        for (int i = 0; i < 200; i++) {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-" + i);
            refuse(IssuerKeys.signed(
                    header.build(), stranger, issuer.claims("operator").build()));
            assertThat(role(known)).isEqualTo(Role.VIEWER);
        }
        assertThat(issuer.asked(KEYS)).isBetween(1, 2);
        assertThat(issuer.asked(METADATA)).isBetween(1, 2);
    }

    @Test
    void theKnownOnesAreGoodWhileItCannotBeAsked() {
        String known = issuer.accessToken("viewer");
        assertThat(role(known)).isEqualTo(Role.VIEWER);

        issuer.down(true);
        issuer.keys().rotate();

        refuse(issuer.accessToken("viewer"));
        assertThat(role(known)).isEqualTo(Role.VIEWER);
    }

    @Test
    void nobodyIsRefusedForGoodBeforeItCouldBeAsked() {
        String token = issuer.accessToken("viewer");
        issuer.down(true);
        for (int i = 0; i < 5; i++) {
            unavailable(token);
        }
        assertThat(issuer.asked(METADATA)).isEqualTo(1);

        issuer.down(false);
        unavailable(token);
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(5)));
        assertThat(access.signIn()).isPresent();
        // Keys are fetched twice in half a minute, and both have failed.
        unavailable(token);
    }

    @Test
    void itIsAskedAgainAfterAPause() {
        issuer.down(true);
        unavailable(issuer.accessToken("viewer"));
        issuer.down(false);
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(5)));

        assertThat(role(issuer.accessToken("viewer"))).isEqualTo(Role.VIEWER);
    }

    @Test
    void oneThatAnswersAsAnotherIsNotTaken() {
        String alias = issuer.name().replace("127.0.0.1", "localhost");
        Tokens other = LocalAccess.of(alias, InstantSource.system());
        String token =
                issuer.keys().signed(issuer.claims("operator").issuer(alias).build());

        assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> other.caller("Bearer " + token));
        assertThatExceptionOfType(IssuerException.class).isThrownBy(other::signIn);
        assertThat(issuer.asked(METADATA)).isEqualTo(1);
        assertThat(issuer.asked(KEYS)).isZero();
    }

    private Role role(String token) {
        return access.caller("Bearer " + token).role();
    }

    private void refuse(String token) {
        assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(() -> access.caller("Bearer " + token));
    }

    private void unavailable(String token) {
        assertThatExceptionOfType(IssuerException.class)
                .isThrownBy(() -> access.caller("Bearer " + token))
                .withMessageEndingWith("try again soon.");
    }
}
