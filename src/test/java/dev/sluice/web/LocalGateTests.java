package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Access;
import dev.sluice.access.LocalAccess;
import dev.sluice.local.LocalIssuer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Who gets past the gate, by the address that a request comes from and the one that it came to. */
class LocalGateTests {

    private static final String HERE = "127.0.0.1";
    private static final String ELSEWHERE = "203.0.113.7";

    @SuppressWarnings("NullAway.Init")
    private static LocalIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = LocalIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/functions/readObjects, 127.0.0.1, true",
        "/functions/readObjects, ::1, true",
        "/functions/readObjects, 203.0.113.7, false",
        "/functions/readObjects, 2001:db8::7, false",
        "/@connections/x, 127.0.0.1, true",
        "/@connections/x, 203.0.113.7, false",
        "/@connections, 203.0.113.7, false",
        "/api/feeds, 127.0.0.1, true",
        "/api/feeds, 203.0.113.7, true",
    })
    void whereOthersAreAskedWhoTheyAreTheyGetToTheRoutesOnly(String path, String from, boolean in)
            throws ServletException, IOException {
        assertThat(getsIn(LocalAccess.of(issuer), path, from, HERE)).isEqualTo(in);
    }

    @ParameterizedTest
    @CsvSource({"/functions/readObjects", "/@connections/x", "/api/feeds", "/"})
    void whereNobodyIsAskedNobodyElseGetsIn(String path) throws ServletException, IOException {
        assertThat(getsIn(Access.everyone(), path, HERE, HERE)).isTrue();
        assertThat(getsIn(Access.everyone(), path, ELSEWHERE, HERE)).isFalse();
        assertThat(getsIn(Access.everyone(), path, HERE, ELSEWHERE)).isFalse();
    }

    private static boolean getsIn(Access access, String path, String from, String to)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        request.setRemoteAddr(from);
        request.setLocalAddr(to);
        request.setServerName("localhost");
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        var replies = new Replies(JsonMapper.shared());
        new LocalGate(replies, new Cors(new HttpSettings.Cors(List.of())), access).doFilter(request, response, chain);
        boolean passed = chain.getRequest() != null;
        assertThat(response.getStatus()).isEqualTo(passed ? 200 : 403);
        return passed;
    }
}
