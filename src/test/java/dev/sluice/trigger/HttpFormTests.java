package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Each form of HTTP: what its sample stands for, and what exactly it is answered. */
class HttpFormTests {

    private static final String ROW = "/api/feeds/countries/rows/";

    private final Door door = new Door();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http-url            | GET  | a%2Fb         | ''                    | ''           | ''
                    http-rest           | GET  | a%2Fb         | a=1&a=2&b=x+y%26%2B   | one=1; two=2 | 1,2
                    http-v1             | GET  | 50%25+%C3%A9  | a=1&a=2               | one=1; two=2 | 1,2
                    http-alb            | GET  | a%2Fb         | a=2&b=x%20y%26%2B     | one=1; two=2 | ''
                    http-alb-many       | GET  | a%2Fb         | a=1&a=2&b=x%20y%26%2B | one=1; two=2 | 1,2
                    """)
    void aSampleIsARequest(String sample, String method, String key, String query, String cookie, String many) {
        WebRequest request = door.request(Door.sample(sample + ".json"));
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.path()).isEqualTo(ROW + key);
        assertThat(request.query()).isEqualTo(query);
        assertThat(request.headers().getOrDefault("cookie", "")).isEqualTo(cookie);
        assertThat(request.headers().getOrDefault("x-many", "")).isEqualTo(many);
        assertThat(request.headers())
                .containsEntry("user-agent", "curl/8.5.0")
                .containsEntry("x-forwarded-proto", "https");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void aStageABodyInBase64AndCookiesAreUnderstood() {
        WebRequest request = door.request(Door.sample("http-stage.json"));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/api/objects");
        assertThat(request.query()).isEqualTo("a=1&a=2&b=x%20y");
        assertThat(request.body()).isEqualTo("{\"feed\":\"countries\",\"name\":\".csv\",\"size\":0}");
        assertThat(request.headers()).containsEntry("cookie", "one=1; two=2");
    }

    @Test
    void aHealthCheckIsARequestLikeOthers() {
        assertThat(door.request(Door.sample("http-alb-health.json")))
                .isEqualTo(new WebRequest(
                        "GET", "/api/health", "", Map.of("user-agent", "ELB-HealthChecker/2.0"), Map.of(), ""));
    }

    @Test
    void aBasePathStaysInThePath() {
        assertThat(door.request(Door.sample("http-rest-base-path.json")).path()).isEqualTo("/tools/api/health");
    }

    @ParameterizedTest
    @CsvSource({
        "http-url,      /50%,   /50%",
        "http-rest,     /50%,   /50%",
        "http-alb,      /50%,   /50%",
        "http,          /50%,   /50%25",
        "http-v1,       /dev/50%, /50%25",
        "http,          /a?é b, /a%3F%C3%A9%20b",
        "http,          /a%2Fb, /a%2Fb"
    })
    void onlyAnHttpApisPathHasBeenDecoded(String sample, String path, String sent) {
        String event = Door.sample(sample + ".json")
                .replaceFirst("\"(rawPath|path)\": \"[^\"]*\"", "\"$1\": \"" + path + "\"");
        assertThat(door.request(event).path()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http          | {"statusCode":418,"headers":{"a":"1"},"cookies":["x=1","y=2"],"body":"AP8=","isBase64Encoded":true}
                    http-url      | {"statusCode":418,"headers":{"a":"1"},"cookies":["x=1","y=2"],"body":"AP8=","isBase64Encoded":true}
                    http-v1       | {"statusCode":418,"headers":{"a":"1"},"multiValueHeaders":{"set-cookie":["x=1","y=2"]},"body":"AP8=","isBase64Encoded":true}
                    http-rest     | {"statusCode":418,"headers":{"a":"1"},"multiValueHeaders":{"set-cookie":["x=1","y=2"]},"body":"AP8=","isBase64Encoded":true}
                    http-alb-many | {"statusCode":418,"statusDescription":"418 Status","multiValueHeaders":{"a":["1"],"set-cookie":["x=1","y=2"]},"body":"AP8=","isBase64Encoded":true}
                    """)
    void theReplyIsExactlyWhatTheFormDemands(String sample, String reply) {
        door.response = new WebResponse(418, Map.of("a", "1"), List.of("x=1", "y=2"), "AP8=", true);
        assertThat(JsonMapper.shared().readTree(door.send(Door.sample(sample + ".json"))))
                .isEqualTo(JsonMapper.shared().readTree(reply));
    }

    @Test
    void aLoadBalancerTakesOneCookieUnlessItsTargetGroupTakesMore() {
        door.response = new WebResponse(404, Map.of("a", "1"), List.of("x=1"), "é", false);
        assertThat(JsonMapper.shared().readTree(door.send(Door.sample("http-alb.json"))))
                .isEqualTo(JsonMapper.shared().readTree("""
                                        {"statusCode":404,"statusDescription":"404 Not Found","headers":{"a":"1","set-cookie":"x=1"},"body":"é","isBase64Encoded":false}"""));
        door.response = new WebResponse(200, Map.of(), List.of("x=1", "y=2"), "", false);
        assertThatIllegalStateException()
                .isThrownBy(() -> door.send(Door.sample("http-alb.json")))
                .withMessageContaining("multi-value headers");
    }

    @Test
    void aLoadBalancerTakesLessThanLambda() {
        assertThat(new LoadBalancer().mostBytes()).isEqualTo(1 << 20);
        assertThat(new MultiValueLoadBalancer().mostBytes()).isEqualTo(1 << 20);
        assertThat(new RestApi().mostBytes()).isEqualTo(6 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "http-rest", "http-v1"})
    void anAuthorizersQuestionIsNoRequest(String sample) {
        String arn = sample.equals("http") ? "routeArn" : "methodArn";
        String event = Door.sample(sample + ".json")
                .replaceFirst("\\{", "{\"type\":\"REQUEST\",\"" + arn + "\":\"arn:aws:execute-api:x\",");
        assertThatExceptionOfType(UnknownEventException.class).isThrownBy(() -> door.send(event));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotAsDocumentedIsRefused(HttpEvents way) {
        var sent = new HttpEvents.Sent("GET", "/a", "", List.of(), "secret!");
        String event = way.of(sent, false).replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event))
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(way.of(new HttpEvents.Sent("", "/a", "", List.of(), ""), false)));
    }

    @Property(tries = 300)
    void aRequestIsTheSameWhicheverWayItCame(@ForAll("requests") HttpEvents.Sent sent, @ForAll boolean base64) {
        var headers = new HashMap<String, String>();
        sent.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        WebRequest request =
                new WebRequest(sent.method(), sent.path(), sent.query(), headers, Map.of(), sent.body()).canonical();
        for (HttpEvents way : HttpEvents.values()) {
            assertThat(door.request(way.of(sent, base64)).canonical())
                    .as("%s", way)
                    .isEqualTo(request);
        }
    }

    @Provide
    Arbitrary<HttpEvents.Sent> requests() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars("abZ019-._~!$&'()*+,;=:@ %?#[]\"\\|<>^`{}\tüß日😀".toCharArray())
                .ofMaxLength(8)
                .filter(HttpFormTests::isText);
        // Of an HTTP API's path it cannot be told whether an escape was meant as such.
        Arbitrary<String> path = text.filter(part -> !part.matches(".*%\\p{XDigit}{2}.*"))
                .map(HttpFormTests::encoded)
                .list()
                .ofMaxSize(4)
                .map(parts -> "/" + String.join("/", parts));
        Arbitrary<String> query = text.filter(name -> !name.isEmpty())
                .list()
                .uniqueElements()
                .ofMaxSize(3)
                .flatMap(names -> text.list().ofSize(names.size()).map(values -> IntStream.range(0, names.size())
                        .mapToObj(i -> encoded(names.get(i)) + "=" + encoded(values.get(i)))
                        .collect(Collectors.joining("&"))));
        Arbitrary<List<Map.Entry<String, String>>> headers = Arbitraries.maps(
                        Arbitraries.of("accept", "cookie", "content-type", "x-a"),
                        Arbitraries.strings().alpha().ofMinLength(1))
                .map(map -> List.copyOf(map.entrySet()));
        return Combinators.combine(
                        Arbitraries.of("GET", "HEAD", "POST", "DELETE", "OPTIONS"),
                        path,
                        query,
                        headers,
                        Arbitraries.strings().ofMaxLength(20).filter(HttpFormTests::isText))
                .as(HttpEvents.Sent::new);
    }

    /** Whether it has no half of a pair of surrogates. */
    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
