package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.SluiceApplication;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing in with {@code SLUICE_AUTH=local}: a code, changed with PKCE for the token that the API takes. */
class SignInTests {

    /** RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final Map<String, String> ENVIRONMENT = Map.of("SLUICE_AUTH", "local");
    private static final LocalSignIn SIGN_IN = LocalSignIn.of(ENVIRONMENT);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext context;

    @SuppressWarnings("NullAway.Init")
    private static URI web;

    @BeforeAll
    static void start() {
        var arguments = new ArrayList<>(NoCloud.SETTINGS);
        arguments.addAll(List.of("--server.port=0", "--management.endpoints.access.default=none"));
        SIGN_IN.settings().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        context = new SpringApplicationBuilder(SluiceApplication.class)
                .initializers(SignInTests::asInTheEnvironment, LocalSignIn::hide)
                .run(arguments.toArray(String[]::new));
        web = URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + "/");
    }

    @AfterAll
    static void stop() {
        context.close();
        HTTP.close();
        SIGN_IN.close();
    }

    private static void asInTheEnvironment(ConfigurableApplicationContext starting) {
        var sources = starting.getEnvironment().getPropertySources();
        var variables = new TreeMap<String, Object>(ENVIRONMENT);
        sources.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
    }

    @ParameterizedTest
    @CsvSource({"nobody, 403, 403", "viewer, 200, 403", "uploader, 200, 403"})
    void whoSignsInMayDoWhatTheirRoleSays(String user, int list, int discard) {
        String token = tokens(code(user), VERIFIER).path("access_token").asString();

        assertThat(get("api/feeds", "authorization", "Bearer " + token).statusCode())
                .isEqualTo(list);
        assertThat(send(HttpRequest.newBuilder(web.resolve("api/letters/x"))
                                .header("authorization", "Bearer " + token)
                                .DELETE())
                        .statusCode())
                .isEqualTo(discard);
    }

    @Test
    void theCodeBringsTokensForThePageThatAsked() {
        assertThat(get("api/feeds").statusCode()).isEqualTo(401);

        JsonNode tokens = tokens(code("operator"), VERIFIER);

        assertThat(tokens.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isPositive();
        assertThat(get("api/feeds", "authorization", authorization(tokens, "access_token"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("api/feeds", "authorization", authorization(tokens, "id_token"))
                        .statusCode())
                .isEqualTo(401);
    }

    private static String authorization(JsonNode tokens, String which) {
        return "Bearer " + tokens.path(which).asString();
    }

    @Test
    void aCodeIsGoodOnce() {
        String code = code("viewer");
        assertThat(tokens(code, VERIFIER).has("access_token")).isTrue();
        assertThat(tokens(code, VERIFIER)).hasToString("{\"error\":\"invalid_grant\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
        "code_verifier, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_verifier, ''",
        "client_id,     other",
        "redirect_uri,  http://127.0.0.1:1/",
        "grant_type,    password",
        "code,          guessed"
    })
    void aCodeIsForWhoAskedForIt(String name, String value) {
        String code = code("viewer");
        Map<String, String> form = form(code, VERIFIER);
        form.put(name, value);

        assertThat(post(endpoint("tokenEndpoint"), form).statusCode()).isEqualTo(400);
        if (!name.equals("code")) {
            // Whoever has stolen it has one try.
            assertThat(tokens(code, VERIFIER).has("access_token")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "response_type,         token",
        "client_id,             other",
        "code_challenge,        ''",
        "code_challenge_method, plain",
        "redirect_uri,          https://evil.example.com/",
        "redirect_uri,          http://127.0.0.1.evil.example.com/",
        "user,                  root"
    })
    void nothingElseIsAskedFor(String name, String value) {
        Map<String, String> request = request();
        request.put(name, value);

        assertThat(send(HttpRequest.newBuilder(authorize(request))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void atTheConsoleATokenIsHadWithoutABrowser() {
        assertThat(get("api/feeds", "authorization", SIGN_IN.operator().orElseThrow())
                        .statusCode())
                .isEqualTo(200);
        Matcher address = Pattern.compile("http://\\S+/token/operator").matcher(SIGN_IN.hint());
        assertThat(address.find()).isTrue();
        String token = send(HttpRequest.newBuilder(URI.create(address.group()))).body();
        assertThat(get("api/feeds", "authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(SIGN_IN.curl()).isEqualTo("curl -H \"authorization: Bearer $TOKEN\"");
    }

    @Test
    void withoutTheVariableNobodyHasToSignIn() {
        try (LocalSignIn none = LocalSignIn.of(Map.of())) {
            assertThat(none.settings()).isEmpty();
            assertThat(none.operator()).isEmpty();
            assertThat(none.curl()).isEqualTo("curl");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSignIn.of(Map.of("SLUICE_AUTH", "cognito")))
                .withMessage("The variable SLUICE_AUTH is 'cognito': set it to local, or leave it out.");
    }

    /** As from a proxy, which is how others get here where a test may listen on this machine only. */
    @ParameterizedTest
    @ValueSource(strings = {"forwarded", "x-forwarded-for", "x-forwarded-host"})
    void othersGetToTheRoutesOnlyAndAreAsked(String header) {
        String token = SIGN_IN.operator().orElseThrow();

        assertThat(get("api/feeds", header, "203.0.113.7").statusCode()).isEqualTo(401);
        assertThat(get("api/feeds", header, "203.0.113.7", "authorization", token)
                        .statusCode())
                .isEqualTo(200);
        for (String path : List.of("functions/listFeeds", "@connections/x", "%40connections/x", "./@connections/x")) {
            assertThat(call(path, header, "203.0.113.7", "authorization", token).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(call("%66unctions/listFeeds", header, "203.0.113.7", "authorization", token)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoIsOnThisMachineCallsFunctionsUnasked() {
        assertThat(call("functions/listFeeds").statusCode()).isEqualTo(200);
        assertThat(call("functions/listFeeds", "origin", "https://app.example.com")
                        .statusCode())
                .isEqualTo(403);
    }

    /** Through the sign-in page, as a browser. */
    private static String code(String user) {
        String page = send(HttpRequest.newBuilder(authorize(request()))).body();
        Matcher link =
                Pattern.compile("id=\"%s\" href=\"([^\"]+)\"".formatted(user)).matcher(page);
        assertThat(link.find()).isTrue();
        URI chosen = endpoint("authorizationEndpoint").resolve(link.group(1).replace("&amp;", "&"));
        String back = send(HttpRequest.newBuilder(chosen))
                .headers()
                .firstValue("location")
                .orElseThrow();
        assertThat(back).startsWith(web + "?").endsWith("&state=a+state%26");
        return back.replaceFirst(".*[?&]code=([^&]+).*", "$1");
    }

    private static JsonNode tokens(String code, String verifier) {
        return JsonMapper.shared()
                .readTree(post(endpoint("tokenEndpoint"), form(code, verifier)).body());
    }

    private static URI endpoint(String name) {
        JsonNode way = JsonMapper.shared().readTree(get("api/sign-in").body());
        assertThat(way.path("required").asBoolean()).isTrue();
        return URI.create(way.path(name).asString());
    }

    private static Map<String, String> request() {
        return new TreeMap<>(Map.of(
                "response_type", "code",
                "client_id", LocalIssuer.CLIENT,
                "redirect_uri", web.toString(),
                "scope", "openid",
                "state", "a state&",
                "nonce", "a nonce",
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256"));
    }

    private static URI authorize(Map<String, String> request) {
        return URI.create(endpoint("authorizationEndpoint") + "?" + encoded(request));
    }

    private static Map<String, String> form(String code, String verifier) {
        return new TreeMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                LocalIssuer.CLIENT,
                "redirect_uri",
                web.toString(),
                "code",
                code,
                "code_verifier",
                verifier));
    }

    private static String encoded(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> post(URI address, Map<String, String> form) {
        return send(HttpRequest.newBuilder(address)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form))));
    }

    private static HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers));
    }

    private static HttpResponse<String> call(String path, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString("{}")));
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        // Not resolved: the path goes out as it is written.
        var request = HttpRequest.newBuilder(URI.create(web + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
