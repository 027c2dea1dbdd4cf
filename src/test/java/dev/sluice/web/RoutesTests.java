package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.access.Access;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoutesTests {

    private static final Replies REPLIES = new Replies(JsonMapper.shared());
    private static final Admission EVERYONE = new Admission(Access.everyone());

    private final Map<String, Function<WebRequest, WebResponse>> beans = new HashMap<>();

    RoutesTests() {
        for (Route route : Routes.TABLE) {
            beans.put(
                    route.bean(),
                    request -> new WebResponse(200, Map.of(), route.bean() + new TreeMap<>(request.parameters())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /,                        showPage{}",
        "GET,  /page/1a/main.js,         'showPage{file=main.js, version=1a}'",
        "GET,  /api/health,              health{}",
        "GET,  /api/feeds,               listFeeds{}",
        "get,  /api/feeds,               listFeeds{}",
        "GET,  /api/objects,             listObjects{}",
        "POST, /api/objects,             uploadObject{}",
        "GET,  /api/objects/abc,         showObject{id=abc}",
        "POST, /api/objects/abc/replay,  replayObject{id=abc}",
        "GET,  /api/feeds/f/rows,        listRows{feed=f}"
    })
    void everyRouteReachesItsBean(String method, String path, String answer) {
        assertThat(answer(method, path).body()).isEqualTo(answer);
    }

    @Test
    void aRowsKeyMayHoldSlashes() {
        beans.put("showRow", request -> new WebResponse(200, Map.of(), request.parameter("key")));
        assertThat(answer("GET", "/api/feeds/f/rows/a%2Fb").body()).isEqualTo("a/b");
    }

    @Test
    void whatIsNowhereIsNotFound() {
        assertProblem(answer("GET", "/api/nothing"), 404, "not-found", "There is nothing at this path.");
        assertProblem(answer("DELETE", "/api/nothing"), 404, "not-found", "There is nothing at this path.");
        assertProblem(answer("GET", "/functions/readObjects"), 404, "not-found", "There is nothing at this path.");
    }

    @Test
    void aMethodThatAPathDoesNotTakeIsNotAllowed() {
        WebResponse refusal = answer("DELETE", "/api/objects");
        assertThat(refusal.status()).isEqualTo(405);
        assertThat(refusal.headers()).containsEntry("allow", "GET, HEAD, POST, OPTIONS");
        assertThat(refusal.body())
                .contains("urn:sluice:problem:method-not-allowed", "This path takes GET, HEAD, POST, OPTIONS.");
        assertThat(answer("POST", "/api/feeds").headers()).containsEntry("allow", "GET, HEAD, OPTIONS");
    }

    @Test
    void aPathThatIsNotEncodedIsNotUnderstood() {
        assertProblem(
                answer("GET", "/api/objects/%zz"), 400, "bad-request", "The path is not percent-encoded correctly.");
    }

    @Test
    void anUnexpectedFailureShowsNothingOfItself() {
        beans.put("health", _ -> {
            throw new IllegalStateException("secret");
        });
        assertProblem(
                answer("GET", "/api/health"), 500, "internal", "The request could not be answered; the log says why.");
        assertThat(answer("GET", "/api/health").body()).doesNotContain("secret", "IllegalState");
    }

    @Test
    void aRouteWithoutItsBeanStopsTheStart() {
        beans.remove("health");
        assertThatIllegalStateException()
                .isThrownBy(this::routes)
                .withMessage("The route table names the bean 'health', which is not there.");
    }

    private WebResponse answer(String method, String path) {
        return routes().answer(new WebRequest(method, path, null, null, null, null), Integer.MAX_VALUE);
    }

    private Routes routes() {
        var cors = new HttpSettings.Cors(List.of());
        return new Routes(beans, REPLIES, new HttpSettings("", 100, cors), new Cors(cors), EVERYONE);
    }

    private static void assertProblem(WebResponse response, int status, String type, String detail) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type", "application/problem+json",
                        "cache-control", "no-store",
                        "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
                        "referrer-policy", "no-referrer",
                        "x-content-type-options", "nosniff"));
        JsonNode body = JsonMapper.shared().readTree(response.body());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("type", "title", "status", "detail");
        assertThat(body.path("type").stringValue()).isEqualTo("urn:sluice:problem:" + type);
        assertThat(body.path("status").intValue()).isEqualTo(status);
        assertThat(body.path("detail").stringValue()).isEqualTo(detail);
    }
}
