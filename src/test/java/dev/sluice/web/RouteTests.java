package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.access.Role;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTests {

    private static final Route ROW =
            new Route("GET", "/api/feeds/{feed}/rows/{key}", "showRow", Role.VIEWER, Signature.file());

    @ParameterizedTest
    @CsvSource({
        "a,                     a",
        "a%2Fb,                 a/b",
        "a+b,                   a+b",
        "a%20b,                 a b",
        "a%2Bb%25,              a+b%",
        "%E6%97%A5%F0%9F%98%80, 日😀",
        "日本,                  日本",
        "DE%7CBY,               DE|BY",
        "a%5C%7Cb,              'a\\|b'",
        "..,                    .."
    })
    void namedPartsAreDecoded(String encoded, String key) {
        assertThat(match("/api/feeds/countries/rows/" + encoded)).contains(Map.of("feed", "countries", "key", key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/feeds/f/rows/",
                "/api/feeds//rows/k",
                "/api/feeds/f/rows",
                "/api/feeds/f/rows/k/",
                "/api/feeds/f/rows/k/x",
                "api/feeds/f/rows/k",
                "//api/feeds/f/rows/k",
                "/API/feeds/f/rows/k",
                "/api/feeds/f%2Frows/k",
                "/",
                ""
            })
    void anotherPathIsNotThisRoutes(String path) {
        assertThat(match(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%-1", "%E6", "%C3%28", "%ED%A0%80"})
    void aPathThatIsNotEncodedIsNotUnderstood(String key) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> match("/api/feeds/f/rows/" + key))
                .withMessage("The path is not percent-encoded correctly.")
                .satisfies(problem -> assertThat(problem.details().status()).isEqualTo(400));
    }

    @Test
    void literalPartsMayBeEncodedToo() {
        assertThat(match("/%61pi/feeds/f/rows/k")).isPresent();
        assertThat(new Route("GET", "/", "showPage", Role.OPEN, Signature.file()).match(WebRequest.segments("/")))
                .contains(Map.of());
        assertThat(new Route("GET", "/", "showPage", Role.OPEN, Signature.file()).match(WebRequest.segments("/x")))
                .isEmpty();
    }

    private static Optional<Map<String, String>> match(String path) {
        return ROW.match(WebRequest.segments(path));
    }
}
