package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What an issuer says of itself is taken only if it is sound. */
class IssuerMetadataTests {

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private final Map<String, Object> metadata = new TreeMap<>();
    private volatile String said = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        metadata.put("issuer", name());
        metadata.put("jwks_uri", "https://keys.example.com/jwks");
        metadata.put("authorization_endpoint", "https://login.example.com/authorize");
        metadata.put("token_endpoint", "https://login.example.com:8443/token");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private SignIn signIn() {
        return LocalAccess.of(name(), InstantSource.system()).signIn().orElseThrow();
    }

    private void say(String name, Object value) {
        metadata.put(name, value);
        said = JsonMapper.shared().writeValueAsString(metadata);
    }

    @Test
    void aPageIsToldWhereToGo() {
        say("end_session_endpoint", "https://login.example.com/logout");
        SignIn signIn = signIn();

        assertThat(signIn.authorizationEndpoint()).hasToString("https://login.example.com/authorize");
        assertThat(signIn.endSessionEndpoint())
                .hasValueSatisfying(logout -> assertThat(logout).hasToString("https://login.example.com/logout"));
        assertThat(signIn.tokenOrigin()).isEqualTo("https://login.example.com:8443");
    }

    @Test
    void notEveryIssuerKnowsHowToSignOut() {
        say("something_else", true);
        assertThat(signIn().endSessionEndpoint()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "issuer,                 https://other.example.com",
        "issuer,                 ''",
        "jwks_uri,               http://keys.example.com/jwks",
        "jwks_uri,               ''",
        "jwks_uri,               //keys.example.com/jwks",
        "jwks_uri,               file:///etc/passwd",
        "authorization_endpoint, javascript:alert(1)",
        "token_endpoint,         https://a;script-src@login.example.com/token",
        "token_endpoint,         http://login.example.com/token",
        "end_session_endpoint,   http://login.example.com/logout"
    })
    void anEndpointThatCannotBeTrustedSpoilsAllOfIt(String name, String value) {
        say(name, value);
        assertThatExceptionOfType(IssuerException.class).isThrownBy(this::signIn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "jwks_uri", "authorization_endpoint", "token_endpoint"})
    void nothingMayBeMissing(String name) {
        metadata.remove(name);
        say("other", 1);
        assertThatExceptionOfType(IssuerException.class).isThrownBy(this::signIn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "<html>"})
    void whatIsNoMetadataIsNoAnswer(String text) {
        said = text;
        assertThatExceptionOfType(IssuerException.class).isThrownBy(this::signIn);
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        say("filler", "x".repeat(300 * 1024));
        assertThatExceptionOfType(IssuerException.class).isThrownBy(this::signIn);
    }
}
