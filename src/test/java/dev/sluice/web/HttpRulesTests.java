package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.access.Access;
import dev.sluice.setting.SettingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** HTTP's rules, which hold for every route and every way to it. */
class HttpRulesTests {

    private static final Replies REPLIES = new Replies(JsonMapper.shared());
    private static final Admission EVERYONE = new Admission(Access.everyone());
    private static final String APP = "https://app.example.com";

    private final Map<String, Function<WebRequest, WebResponse>> beans = new HashMap<>();
    private final List<WebRequest> seen = new ArrayList<>();
    private HttpSettings settings = new HttpSettings("", 10, new HttpSettings.Cors(List.of(APP)));

    HttpRulesTests() {
        for (Route route : Routes.TABLE) {
            beans.put(route.bean(), request -> {
                seen.add(request);
                return REPLIES.json(route.bean());
            });
        }
    }

    @Test
    void headIsGetWithoutABody() {
        WebResponse get = answer("GET", "/api/health", Map.of(), "");
        WebResponse head = answer("HEAD", "/api/health", Map.of(), "");

        assertThat(head).isEqualTo(get.withoutBody());
        assertThat(get.body()).isEqualTo("\"health\"");
        assertThat(seen).extracting(WebRequest::method).containsExactly("GET", "GET");
        assertThat(answer("HEAD", "/api/nothing", Map.of(), "").status()).isEqualTo(404);
        assertThat(answer("HEAD", "/api/letters/1/redrive", Map.of(), "").status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/feeds             | GET, HEAD, OPTIONS
                    /api/objects           | GET, HEAD, POST, OPTIONS
                    /api/letters/1         | GET, HEAD, DELETE, OPTIONS
                    /api/letters/1/redrive | POST, OPTIONS
                    """)
    void optionsTellsWhatAPathTakes(String path, String allowed) {
        WebResponse reply = answer("OPTIONS", path, Map.of(), "");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers()).containsEntry("allow", allowed);
        assertThat(reply.body()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void optionsOfNothingIsNotFound() {
        assertThat(answer("OPTIONS", "/nothing", Map.of(), "").status()).isEqualTo(404);
    }

    @Test
    void aReadIsNotSentAgainToWhoHasIt() {
        WebResponse first = answer("GET", "/api/health", Map.of(), "");
        String tag = first.headers().getOrDefault("etag", "");
        assertThat(tag).matches("\"[A-Za-z0-9_-]{43}\"");

        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            WebResponse again = answer("GET", "/api/health", Map.of("if-none-match", known), "");
            assertThat(again.status()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers())
                    .containsEntry("etag", tag)
                    .containsKey("cache-control")
                    .doesNotContainKey("content-type");
        }
        assertThat(answer("GET", "/api/health", Map.of("if-none-match", "\"other\""), "")
                        .status())
                .isEqualTo(200);
        assertThat(answer("GET", "/api/feeds", Map.of("if-none-match", tag), "").status())
                .isEqualTo(200);
    }

    @Test
    void onlyReadsThatWereAnsweredHaveAValidator() {
        beans.put("health", _ -> {
            throw Problem.notFound("x");
        });
        assertThat(answer("GET", "/api/health", Map.of("if-none-match", "*"), "")
                        .status())
                .isEqualTo(404);
        WebResponse written = answer("POST", "/api/objects", Map.of("if-none-match", "*"), "");
        assertThat(written.status()).isEqualTo(200);
        assertThat(written.headers()).doesNotContainKey("etag");
    }

    @Test
    void aPreflightOfAnAllowedPageIsAnswered() {
        WebResponse reply =
                answer("OPTIONS", "/api/objects", Map.of("origin", APP, "access-control-request-method", "POST"), "");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "allow", "GET, HEAD, POST, OPTIONS",
                        "vary", "origin",
                        "access-control-allow-origin", APP,
                        "access-control-allow-methods", "GET, HEAD, POST, OPTIONS",
                        "access-control-allow-headers", "authorization, content-type, if-none-match",
                        "access-control-max-age", "600",
                        "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
                        "referrer-policy", "no-referrer",
                        "x-content-type-options", "nosniff"));
    }

    @Test
    void byHttpsABrowserIsToldToStayWithIt() {
        String name = "strict-transport-security";
        assertThat(answer("GET", "/nothing", Map.of("x-forwarded-proto", "https"), "")
                        .headers())
                .containsEntry(name, "max-age=31536000");
        assertThat(answer("GET", "/nothing", Map.of("x-forwarded-proto", "http"), "")
                        .headers())
                .doesNotContainKey(name);
        assertThat(answer("GET", "/nothing", Map.of(), "").headers()).doesNotContainKey(name);
    }

    @Test
    void aReplyMaySayMoreOfItselfThanAllDo() {
        beans.put("health", _ -> new WebResponse(200, Map.of("content-security-policy", "default-src 'self'"), ""));

        assertThat(answer("GET", "/api/health", Map.of(), "").headers())
                .containsEntry("content-security-policy", "default-src 'self'")
                .containsEntry("x-content-type-options", "nosniff");
    }

    @Test
    void anAllowedPageMayReadRepliesAndProblems() {
        for (String path : List.of("/api/health", "/nothing")) {
            assertThat(answer("GET", path, Map.of("origin", APP), "").headers())
                    .containsEntry("access-control-allow-origin", APP)
                    .containsEntry("access-control-expose-headers", "etag, www-authenticate")
                    .containsEntry("vary", "origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example.com",
                "https://app.example.com.evil.example",
                "https://app.example.com:444",
                "null",
                ""
            })
    void anotherPageIsToldNothing(String origin) {
        for (String method : List.of("GET", "OPTIONS")) {
            assertThat(answer(
                                    method,
                                    "/api/health",
                                    Map.of("origin", origin, "access-control-request-method", "GET"),
                                    "")
                            .headers())
                    .containsEntry("vary", "origin")
                    .doesNotContainKeys("access-control-allow-origin", "access-control-allow-methods");
        }
    }

    @Test
    void withoutOriginsInTheSettingsNothingIsSaidOfThem() {
        settings = new HttpSettings("", 10, new HttpSettings.Cors(List.of()));
        assertThat(answer("GET", "/api/health", Map.of("origin", APP), "").headers())
                .doesNotContainKeys("vary", "access-control-allow-origin");
    }

    @Test
    void aBodyHasALimitInBytes() {
        assertThat(answer("POST", "/api/objects", Map.of(), "ééééé").status()).isEqualTo(200);
        assertThat(answer("POST", "/api/objects", Map.of(), "éééééx").status()).isEqualTo(413);
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'a', 1", "'\"\\', 4", "'é', 2", "日, 3", "😀, 4"})
    void aReplyThatCannotBeSentIsAProblem(String text, int bytes) {
        beans.put("health", _ -> new WebResponse(200, Map.of(), text));
        var request = new WebRequest("GET", "/api/health", null, null, null, null);
        assertThat(routes().answer(request, bytes).body()).isEqualTo(text);
        WebResponse problem = routes().answer(request, bytes - 1);
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.body()).contains("urn:sluice:problem:reply-too-large");
        beans.put("health", _ -> new WebResponse(200, Map.of(), "\u0001\n"));
        assertThat(routes().answer(request, 8).status()).isEqualTo(200);
        assertThat(routes().answer(request, 7).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,                200",
        "Application/JSON; charset=utf-8, 200",
        "application/merge-patch+json,    200",
        "'',                              200",
        "text/plain,                      415",
        "application/x-www-form-urlencoded, 415",
        "application/jsonp,               415"
    })
    void aBodyIsJson(String type, int status) {
        assertThat(upload(type, "{\"a\":1}").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''      | 400
                    {"a":   | 400
                    a       | 400
                    null    | 422
                    [1]     | 422
                    {"a":[]}| 422
                    """)
    void aBodyThatIsNoJsonIsNotUnderstoodAndOtherJsonNotAccepted(String body, int status) {
        assertThat(upload("application/json", body).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/tools/api/health, 200",
        "/api/health,       200",
        "/tools/,           200",
        "/t%6Fols/,         200",
        "/toolsapi/health,  404",
        "/api/tools/health, 404"
    })
    void theBasePathIsNoPartOfThePath(String path, int status) {
        settings = new HttpSettings("/tools", 10, new HttpSettings.Cors(List.of()));
        assertThat(answer("GET", path, Map.of(), "").status()).isEqualTo(status);
    }

    /** Or else what the page refers to would be looked for beside it. */
    @Test
    void theBasePathItselfLeadsIntoTheFolder() {
        settings = new HttpSettings("/our/tools", 10, new HttpSettings.Cors(List.of()));
        WebResponse reply = answer("GET", "/our/tools", Map.of(), "");

        assertThat(reply.status()).isEqualTo(308);
        assertThat(reply.headers()).containsEntry("location", "tools/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://app.example.com/",
                "app.example.com",
                "https://*.example.com",
                "null",
                "",
                "https://App.example.com"
            })
    void anOriginIsNamedExactly(String origin) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new HttpSettings.Cors(List.of(origin)))
                .withMessageContaining("sluice.web.cors.origins");
    }

    private WebResponse upload(String type, String body) {
        settings = new HttpSettings("", 100, new HttpSettings.Cors(List.of()));
        beans.put("uploadObject", request -> REPLIES.done(REPLIES.body(request, Counted.class)));
        return answer("POST", "/api/objects", type.isEmpty() ? Map.of() : Map.of("content-type", type), body);
    }

    private record Counted(int a) {}

    private WebResponse answer(String method, String path, Map<String, String> headers, String body) {
        return routes().answer(new WebRequest(method, path, null, headers, null, body), 1_000_000);
    }

    private Routes routes() {
        return new Routes(beans, REPLIES, settings, new Cors(settings.cors()), EVERYONE);
    }
}
