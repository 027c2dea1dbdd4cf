package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HttpTriggerTests {

    private final Door door = new Door();

    @Test
    void theSampleIsARequest() {
        WebRequest request = door.request(Door.sample("http.json"));
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/api/feeds");
        assertThat(request.query()).isEmpty();
        assertThat(request.body()).isEmpty();
        assertThat(request.headers())
                .containsEntry("accept", "application/json")
                .containsEntry("x-forwarded-port", "443");
    }

    @ParameterizedTest
    @CsvSource({
        "$default, /api/feeds,     /api/feeds",
        "dev,      /dev/api/feeds, /api/feeds",
        "dev,      /dev,           /",
        "dev,      /dev/,          /",
        "dev,      /device/x,      /device/x",
        "dev,      /api/dev,       /api/dev",
        "dev,      /dev/dev/x,     /dev/x",
        "'',       /api/feeds,     /api/feeds",
        "$default, /a%2Fb/c,        /a%2Fb/c"
    })
    void theStageIsNoPartOfThePath(String stage, String rawPath, String path) {
        assertThat(door.request(event(rawPath, "", stage, "")).path()).isEqualTo(path);
    }

    @Test
    void theQueryIsHandedOverAsItIs() {
        assertThat(door.request(event("/", "a=1&b=x+y%2B&a=%zz", "$default", ""))
                        .query())
                .isEqualTo("a=1&b=x+y%2B&a=%zz");
    }

    @Test
    void cookiesAreAHeaderAgainAndHeaderNamesAreLowerCase() {
        assertThat(door.request(event(
                                "/",
                                "",
                                "$default",
                                ",\"cookies\":[\"a=1\",\"b=2\"],\"headers\":{\"X-Some\":\"Thing\"}"))
                        .headers())
                .isEqualTo(Map.of("cookie", "a=1; b=2", "x-some", "Thing"));
    }

    @Test
    void aBodyIsTextHoweverItTravels() {
        assertThat(door.request(event("/", "", "$default", ",\"body\":\"{\\\"a\\\":\\\"é\\\"}\""))
                        .body())
                .isEqualTo("{\"a\":\"é\"}");
        assertThat(door.request(event("/", "", "$default", ",\"body\":\"w6k=\",\"isBase64Encoded\":true"))
                        .body())
                .isEqualTo("é");
        assertThat(door.request(event("/", "", "$default", ",\"body\":\"w6k=\",\"isBase64Encoded\":false"))
                        .body())
                .isEqualTo("w6k=");
        assertThat(door.request(event("/", "", "$default", ",\"body\":null")).body())
                .isEmpty();
    }

    @Test
    void theReplyHasExactlyWhatTheRouteAnswered() {
        door.response = new WebResponse(418, Map.of("content-type", "text/plain"), "\"é\"\n😀");
        assertThat(JsonMapper.shared().readTree(door.send(Door.sample("http.json"))))
                .isEqualTo(JsonMapper.shared().readTree("""
                                        {"statusCode":418,"headers":{"content-type":"text/plain"},"body":"\\"é\\"\\n😀","isBase64Encoded":false}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":\"2.0\",\"routeKey\":\"x\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
                "{\"version\":\"2.0\",\"routeKey\":\"x\",\"rawPath\":\"/secret\",\"requestContext\":{\"http\":{}}}",
                "{\"version\":\"2.0\",\"routeKey\":\"x\",\"rawPath\":{},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
                "{\"version\":\"2.0\",\"routeKey\":\"x\",\"rawPath\":\"/\",\"body\":\"secret!\",\"isBase64Encoded\":true,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"
            })
    void anEventThatIsNotAsDocumentedIsRefused(String event) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event))
                .withMessageNotContaining("secret");
        assertThat(door.given).isEmpty();
    }

    private static String event(String rawPath, String query, String stage, String more) {
        return """
                {"version":"2.0","routeKey":"$default","rawPath":"%s","rawQueryString":"%s",
                "requestContext":{"stage":"%s","http":{"method":"POST","path":"/other"}}%s}""".formatted(rawPath, query, stage, more);
    }
}
