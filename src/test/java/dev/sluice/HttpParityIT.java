package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.serverless.BeanAtWork;
import dev.sluice.trigger.HttpEvents;
import dev.sluice.trigger.HttpEvents.Sent;
import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import tools.jackson.databind.JsonNode;

/** The contract of every way to the routes: each request gets the same answer, and its bean sees the same request. */
class HttpParityIT {

    private static final String APP = "https://app.example.com";
    private static final String UPLOAD = "{\"feed\":\"countries\",\"name\":\"é.csv\",\"size\":0}";

    /** What the local server adds for its connection. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("date", "content-length", "connection", "keep-alive", "transfer-encoding");

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "parity", List.of(Seen.class), "--sluice.web.cors.origins=" + APP, "--sluice.web.body-bytes=100");
        sluice.upload("subdivisions/a.csv", "SUCountry,SUCode,SUName\nXX,a/b,slash\nXX,50%+,percent\nXX,é,accent\n");
        sluice.read("subdivisions/a.csv");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    static Stream<Arguments> contract() {
        String rows = "/api/feeds/subdivisions/rows";
        return Stream.of(
                row(200, get("/", "")),
                row(200, get("/page/1a/main.js", "")),
                row(200, get("/%61pi/health", "")),
                row(200, get("/api/health", "", "if-none-match", "\"other\"")),
                row(304, get("/api/health", "", "if-none-match", "*")),
                row(304, get("/api/feeds", "", "if-none-match", "*", "origin", APP)),
                row(200, get("/api/feeds", "", "cookie", "a=1; b=2", "x-many", "1", "x-many", "2")),
                row(200, get(rows, "prefix=XX%7C50%25%2B&limit=1")),
                row(200, get(rows, "limit=x&prefix=XX&limit=1&nothing&&=x")),
                row(200, get(rows + "/XX%7Ca%2Fb", "")),
                row(200, get(rows + "/XX%7C50%25+", "")),
                row(200, get(rows + "/XX%7C%C3%A9", "")),
                row(404, get(rows + "/none", "")),
                row(404, get("/api/nothing", "")),
                row(400, get("/api/objects", "limit=0")),
                row(405, new Sent("PUT", "/api/objects", "", List.of(), "")),
                row(405, new Sent("DELETE", "/api/health", "", List.of(), "")),
                row(200, new Sent("HEAD", "/api/health", "", List.of(), "")),
                row(404, new Sent("HEAD", "/api/nothing", "", List.of(), "")),
                row(204, new Sent("OPTIONS", "/api/objects", "", List.of(), "")),
                row(
                        204,
                        new Sent(
                                "OPTIONS",
                                "/api/objects",
                                "",
                                headers("origin", APP, "access-control-request-method", "POST"),
                                "")),
                row(200, get("/api/health", "", "origin", APP)),
                row(422, post(UPLOAD, "content-type", "application/json")),
                row(422, post("[]", "content-type", "application/json; charset=utf-8")),
                row(400, post("{", "content-type", "application/json")),
                row(400, post("", "content-type", "application/json")),
                row(415, post(UPLOAD, "content-type", "text/plain")),
                row(413, post("é".repeat(51), "content-type", "application/json")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("contract")
    void everyWayAnswersAlike(int status, Sent sent) {
        HttpResponse<String> local = local(sent);
        List<WebRequest> expected = Seen.take();
        assertThat(local.statusCode()).isEqualTo(status);
        if (status >= 400) {
            assertThat(local.headers().firstValue("content-type")).contains("application/problem+json");
        }
        for (HttpEvents way : HttpEvents.values()) {
            if (sent.path().contains("%2F") && !way.keepsPath()) {
                continue;
            }
            for (boolean base64 : new boolean[] {false, true}) {
                JsonNode reply =
                        RunningSluice.JSON.readTree(sluice.post("/functions/triggerRouter", way.of(sent, base64))
                                .body());
                assertThat(reply.path("statusCode").asInt()).as("%s", way).isEqualTo(status);
                assertThat(headers(reply)).as("%s", way).isEqualTo(headers(local));
                assertThat(reply.path("body").asString()).as("%s", way).isEqualTo(local.body());
                List<WebRequest> seen = Seen.take();
                if (way.keepsRepetition() || !repeats(sent)) {
                    assertThat(only(seen, sent)).as("%s", way).isEqualTo(only(expected, sent));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("badEscapes")
    void aBadEscapeIsABadRequestWhereItArrives(Sent sent) {
        HttpResponse<String> local = local(sent);
        assertThat(local.statusCode()).isEqualTo(400);
        for (HttpEvents way : List.of(HttpEvents.FUNCTION_URL, HttpEvents.ALB, HttpEvents.ALB_MANY)) {
            JsonNode reply = RunningSluice.JSON.readTree(
                    sluice.post("/functions/triggerRouter", way.of(sent, false)).body());
            assertThat(reply.path("statusCode").asInt()).isEqualTo(400);
            assertThat(reply.path("body").asString()).isEqualTo(local.body());
        }
    }

    @Test
    void anEscapeThatTheServerItselfRefusesIsTheSameProblem() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), sluice.at("/").getPort())) {
            socket.getOutputStream()
                    .write("GET /api/objects/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("urn:sluice:problem:bad-request", "The path is not percent-encoded correctly.");
        }
    }

    static Stream<Sent> badEscapes() {
        return Stream.of(get("/api/objects", "limit=%E6"), get("/api/objects/%E6", ""));
    }

    private static Arguments row(int status, Sent sent) {
        return Arguments.of(status, sent);
    }

    private static Sent get(String path, String query, String... headers) {
        return new Sent("GET", path, query, headers(headers), "");
    }

    private static Sent post(String body, String... headers) {
        return new Sent("POST", "/api/objects", "", headers(headers), body);
    }

    private static List<Map.Entry<String, String>> headers(String... pairs) {
        return Stream.iterate(0, i -> i < pairs.length, i -> i + 2)
                .map(i -> Map.entry(pairs[i], pairs[i + 1]))
                .toList();
    }

    /** Whether a load balancer without multi-value headers loses some of it. */
    private static boolean repeats(Sent sent) {
        return sent.headers().stream().map(Map.Entry::getKey).distinct().count()
                        < sent.headers().size()
                || sent.query().contains("limit=x");
    }

    /** Without the headers of the connection, which differ from way to way. */
    private static List<WebRequest> only(List<WebRequest> requests, Sent sent) {
        return requests.stream()
                .map(request -> {
                    var headers = new TreeMap<>(request.headers());
                    headers.keySet()
                            .retainAll(sent.headers().stream()
                                    .map(Map.Entry::getKey)
                                    .toList());
                    return new WebRequest(
                            request.method(),
                            request.path(),
                            request.query(),
                            headers,
                            request.parameters(),
                            request.body());
                })
                .toList();
    }

    private static HttpResponse<String> local(Sent sent) {
        Seen.take();
        String target = sent.query().isEmpty() ? sent.path() : sent.path() + "?" + sent.query();
        var request = HttpRequest.newBuilder(sluice.at(target));
        sent.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
        return sluice.send(request.method(
                sent.method(), sent.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(sent.body())));
    }

    private static Map<String, String> headers(HttpResponse<String> reply) {
        var headers = new TreeMap<String, String>();
        reply.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
        headers.keySet().removeAll(OF_THE_CONNECTION);
        return headers;
    }

    private static Map<String, String> headers(JsonNode reply) {
        var headers = new TreeMap<String, String>();
        reply.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        reply.path("multiValueHeaders").properties().forEach(header -> {
            assertThat(header.getValue()).hasSize(1);
            headers.put(header.getKey(), header.getValue().path(0).asString());
        });
        return headers;
    }

    /** Remembers what the routes' beans are given. */
    static class Seen implements BeanPostProcessor {

        private static final List<WebRequest> REQUESTS = new CopyOnWriteArrayList<>();

        static List<WebRequest> take() {
            List<WebRequest> requests = List.copyOf(REQUESTS);
            REQUESTS.clear();
            return requests;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof Function<?, ?>)
                    || !bean.getClass().getPackageName().equals("dev.sluice.web")) {
                return bean;
            }
            var route = BeanAtWork.as(name, (Function<WebRequest, WebResponse>) bean);
            return (Function<WebRequest, WebResponse>) request -> {
                REQUESTS.add(request);
                return route.apply(request);
            };
        }
    }
}
