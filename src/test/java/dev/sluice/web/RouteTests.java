package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTests {

    private static final Route ROW = new Route("GET", "/api/feeds/{feed}/rows/{key}", "showRow");

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
        assertThat(ROW.match("/api/feeds/countries/rows/" + encoded)).contains(Map.of("feed", "countries", "key", key));
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
        assertThat(ROW.match(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%-1"})
    void aPathThatIsNotEncodedIsNotUnderstood(String key) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ROW.match("/api/feeds/f/rows/" + key))
                .withMessage("The path is not percent-encoded correctly.")
                .satisfies(problem -> assertThat(problem.details().status()).isEqualTo(400));
    }

    @Test
    void literalPartsMayBeEncodedToo() {
        assertThat(ROW.match("/%61pi/feeds/f/rows/k")).isPresent();
        assertThat(new Route("GET", "/", "showPage").match("/")).contains(Map.of());
        assertThat(new Route("GET", "/", "showPage").match("/x")).isEmpty();
    }
}
