package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.access.Access;
import dev.sluice.access.LocalAccess;
import dev.sluice.local.LocalIssuer;
import dev.sluice.setting.SettingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;

/** Where the local server may listen. */
class ListeningTests {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
    void thisMachineGetsInWithoutAnIssuer(String address) {
        assertThatCode(() -> listen(Access.everyone(), address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "fe80::1"})
    void noOtherDoes(String address) throws UnknownHostException {
        String written = InetAddress.getByName(address).getHostAddress();

        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> listen(Access.everyone(), address))
                .withMessageStartingWith("The setting server.address is '%s', where others could get in", written);
    }

    @Test
    void anAddressThatIsNotSaidIsEveryOne() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ServerConfiguration()
                        .onThisMachineOnly(Access.everyone())
                        .customize(new TomcatServletWebServerFactory()))
                .withMessageContaining("The setting server.address is ''");
    }

    @Test
    void whereOneHasToSignInOthersMayTry() {
        try (var issuer = LocalIssuer.start()) {
            assertThatCode(() -> listen(LocalAccess.of(issuer), "0.0.0.0")).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"NATIVE, native", "FRAMEWORK, framework", ", ''"})
    void whomARequestWasForwardedForIsNotHidden(@Nullable ForwardHeadersStrategy strategy, String told) {
        var server = new ServerProperties();
        server.setForwardHeadersStrategy(strategy);

        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ServerConfiguration()
                        .forwardedAsItCame(server)
                        .customize(new TomcatServletWebServerFactory()))
                .withMessageStartingWith("The setting server.forward-headers-strategy is '%s': use none", told);
    }

    private static void listen(Access access, String address) throws UnknownHostException {
        var factory = new TomcatServletWebServerFactory();
        factory.setAddress(InetAddress.getByName(address));
        new ServerConfiguration().onThisMachineOnly(access).customize(factory);
    }
}
