package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The routes as a browser meets them, and the same ones behind an HTTP API. */
class WebIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start("web");
        sluice.upload(
                "subdivisions/a.csv",
                "SUCountry,SUCode,SUName\nXX,a/b,slash\nXX,50%+,percent\nXX,é,accent\nXX,c\\|d,backslash\nXY,1,one\n");
        sluice.read("subdivisions/a.csv");
        for (int i = 0; i < 5; i++) {
            sluice.upload("countries/%d.csv".formatted(i), "ISO3166-1-Alpha-3\nX%d\n".formatted(i));
            sluice.read("countries/%d.csv".formatted(i));
        }
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void thePageAndItsFilesAreServed() {
        HttpResponse<String> page = sluice.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy")).isPresent();
        assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
        List<String> files = Pattern.compile("\"(page/[^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(files).hasSizeGreaterThan(3).allSatisfy(file -> {
            HttpResponse<String> reply = sluice.get("/" + file);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().firstValue("cache-control").orElse("")).contains("immutable");
        });
    }

    /** While a new version is deployed, an instance of the old one may be asked for the new one's files. */
    @Test
    void aFileOfAnotherVersionIsNotKept() {
        HttpResponse<String> reply = sluice.get("/page/another/main.js");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void thePageMayTalkToItselfAndTheBucketOnly() {
        String bucket = sluice.cloud().s3().toString();

        assertThat(sluice.get("/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("connect-src 'self' " + bucket + ";"));
    }

    @ParameterizedTest
    @CsvSource({"a%2Fb,slash", "c%5C%5C%5C%7Cd,backslash", "50%25%2B,percent", "50%25+,percent", "%C3%A9,accent"})
    void aRowKeyIsPercentEncodedInThePath(String key, String name) {
        HttpResponse<String> reply = sluice.get("/api/feeds/subdivisions/rows/XX%7C" + key);

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(RunningSluice.JSON
                        .readTree(reply.body())
                        .path("data")
                        .path("SUName")
                        .asString())
                .isEqualTo(name);
    }

    @Test
    void rowsAreListedByPrefixInTheOrderOfTheirKeys() {
        List<JsonNode> rows = sluice.all("/api/feeds/subdivisions/rows?prefix=XX&limit=1");

        assertThat(rows)
                .extracting(row -> row.path("key").asString())
                .containsExactly("XX|50%+", "XX|a/b", "XX|c\\\\\\|d", "XX|é");
    }

    @Test
    void objectsAreListedTheLatestFirstPageByPage() {
        List<JsonNode> objects = sluice.all("/api/objects?feed=countries&state=done&limit=2");

        assertThat(objects)
                .extracting(object -> object.path("key").asString())
                .containsExactly(
                        "countries/4.csv", "countries/3.csv", "countries/2.csv", "countries/1.csv", "countries/0.csv");
        String id = objects.getFirst().path("id").asString();
        assertThat(RunningSluice.JSON.readTree(sluice.get("/api/objects/" + id).body()))
                .isEqualTo(objects.getFirst());
    }

    @Test
    void anUploadIsSignedForOneKeySizeAndTypeAndIsRead() {
        byte[] content = "SUCountry,SUCode\nXU,1\n".getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> permission = sluice.post(
                "/api/objects",
                "{\"feed\":\"subdivisions\",\"name\":\"mine.csv\",\"size\":%d}".formatted(content.length));
        assertThat(permission.statusCode()).isEqualTo(200);
        JsonNode put = RunningSluice.JSON.readTree(permission.body());
        assertThat(put.path("key").asString()).isEqualTo("subdivisions/mine.csv");
        assertThat(put.path("url").asString()).contains("X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost");
        assertThat(put.path("headers").path("content-length").asString()).isEqualTo(String.valueOf(content.length));

        HttpResponse<String> uploaded = sluice.send(HttpRequest.newBuilder(
                        URI.create(put.path("url").asString()))
                .header("content-type", put.path("headers").path("content-type").asString())
                .PUT(BodyPublishers.ofByteArray(content)));

        assertThat(uploaded.statusCode()).isEqualTo(200);
        assertThat(sluice.read("subdivisions/mine.csv").path("rows").asInt()).isEqualTo(1);
    }

    @Test
    void anUploadIsSignedForTheTypeThatIsAskedFor() {
        HttpResponse<String> permission = sluice.post(
                "/api/objects", "{\"feed\":\"subdivisions\",\"name\":\"typed.csv\",\"size\":7,\"type\":\"text/csv\"}");

        JsonNode put = RunningSluice.JSON.readTree(permission.body());
        assertThat(put.path("url").asString()).contains("X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost");
        assertThat(put.path("headers").path("content-type").asString()).isEqualTo("text/csv");
    }

    @Test
    void timesNarrowTheListOfObjectsDown() {
        List<JsonNode> all = sluice.all("/api/objects?feed=countries&state=done");
        String middle = all.get(2).path("updated").asString();

        assertThat(sluice.all("/api/objects?feed=countries&state=done&limit=1&from=" + middle))
                .isEqualTo(all.subList(0, 3));
        assertThat(sluice.all("/api/objects?feed=countries&state=done&limit=1&to=" + middle))
                .isEqualTo(all.subList(3, 5));
    }

    @Test
    void whatGoesOnInAFeedIsToldByTheLedger() {
        JsonNode activity = RunningSluice.JSON.readTree(
                sluice.get("/api/feeds/countries/activity").body());

        assertThat(activity.path("counts").path("done").asInt()).isEqualTo(5);
        assertThat(activity.path("rowsPerMinute")).hasSize(60);
        assertThat(activity.path("rowsPerMinute")
                        .valueStream()
                        .mapToInt(minute -> minute.path("rows").asInt())
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void aListOfObjectsIsReplayedEachWithItsOutcome() {
        // Else the reader of the upload's own notice may have the object just then.
        var bucket = QuietBucket.create(sluice, "web-quiet");
        bucket.read("places/replayed.ndjson", "{\"id\":\"replayed\"}\n");
        String id = bucket.id("places/replayed.ndjson");

        HttpResponse<String> reply =
                sluice.post("/api/objects/replay", "{\"ids\":[\"%s\",\"unknown\",\"unknown\"]}".formatted(id));

        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(RunningSluice.JSON.readTree(reply.body()).path("items"))
                .extracting(item -> item.path("outcome").asString())
                .containsExactly("queued", "unknown");
        for (String wrong : List.of("{}", "{\"ids\":[]}", "{\"ids\":[null]}")) {
            assertThat(sluice.post("/api/objects/replay", wrong).statusCode()).isEqualTo(422);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"feed\":\"none\",\"name\":\"a.csv\",\"size\":1}",
                "{\"feed\":\"subdivisions\",\"name\":\"a.txt\",\"size\":1}",
                "{\"feed\":\"subdivisions\",\"name\":\"b/a.csv\",\"size\":1}",
                "{\"feed\":\"subdivisions\",\"name\":\"\",\"size\":1}",
                "{\"feed\":\"subdivisions\",\"name\":\"a.csv\",\"size\":0}",
                "{\"feed\":\"subdivisions\",\"name\":\"a.csv\",\"size\":6000000000}",
                "{\"feed\":\"subdivisions\",\"name\":\"a.csv\",\"size\":1,\"type\":\"text/html\"}",
                "{}"
            })
    void anUploadThatWouldBelongToNoFeedIsRefused(String body) {
        assertThat(sluice.post("/api/objects", body).statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing,404",
        "/api,404",
        "/api/feeds/,404",
        "/api/objects/unknown,404",
        "/api/feeds/none/rows,404",
        "/api/feeds/countries/rows/none,404",
        "/page/1a/none.js,404",
        "/page/1a/..%2Fapplication.yml,404",
        "/api/objects?limit=0,400",
        "/api/objects?limit=x,400",
        "/api/objects?state=lost,400",
        "/api/objects?feed=none,400",
        "/api/objects?cursor=%25,400",
        "/api/objects?from=yesterday,400",
        "/api/objects?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z,400",
        "/api/feeds/none/activity,404",
        "/api/feeds/countries/activity?minutes=0,400",
    })
    void whatCannotBeAnsweredIsAProblem(String path, int status) {
        HttpResponse<String> reply = sluice.get(path);

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = RunningSluice.JSON.readTree(reply.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asString()).startsWith("urn:sluice:problem:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/health",
                "/api/feeds",
                "/api/objects?feed=countries&limit=2",
                "/api/feeds/subdivisions/rows?prefix=X&limit=2",
                "/api/feeds/subdivisions/rows/XX%7C50%25+",
                "/nothing",
                "/api/objects?limit=0"
            })
    void anHttpApiIsAnsweredAsABrowserIs(String path) {
        HttpResponse<String> direct = sluice.get(path);

        JsonNode reply = RunningSluice.JSON.readTree(
                sluice.post("/functions/triggerRouter", httpApiEvent(path)).body());

        assertThat(reply.path("statusCode").asInt()).isEqualTo(direct.statusCode());
        assertThat(reply.path("body").asString()).isEqualTo(direct.body());
        assertThat(reply.path("isBase64Encoded").asBoolean()).isFalse();
        Map<String, String> headers = new TreeMap<>();
        reply.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        assertThat(headers).isNotEmpty().allSatisfy((name, value) -> assertThat(
                        direct.headers().firstValue(name))
                .contains(value));
        assertThat(reply.propertyNames()).containsExactlyInAnyOrder("statusCode", "headers", "body", "isBase64Encoded");
    }

    @Test
    void aListOfLargeRowsIsCutWhereAReplyWouldBeTooLarge() {
        var file = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            file.append("{\"id\":\"large-%02d\",\"text\":\"%s\"}%n".formatted(i, "x".repeat(300_000)));
        }
        sluice.upload("places/large.ndjson", file.toString());
        assertThat(sluice.read("places/large.ndjson").path("rows").asInt()).isEqualTo(30);

        HttpResponse<String> first = sluice.get("/api/feeds/places/rows?prefix=large");

        assertThat(first.body().length()).isLessThan(3 * 1024 * 1024);
        assertThat(sluice.all("/api/feeds/places/rows?prefix=large"))
                .extracting(row -> row.path("key").asString())
                .hasSize(30)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example"})
    void anotherNameForThisMachineIsRefused(String host) throws IOException {
        assertThat(raw("GET /api/feeds", host)).startsWith("HTTP/1.1 403");
    }

    /** As no client sends it that makes a path plain first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/functions/../x",
                "/functions/../api/feeds",
                "/functions/%2e%2e/x",
                "/functions/..;/x",
                "/functions/./../x",
                "/functions/../../x",
                "/functions/../functions/listFeeds",
                "/functions//listFeeds",
                "/x/../functions/listFeeds",
                "//functions/listFeeds",
                "/./functions/listFeeds"
            })
    void aPathThatLeadsElsewhereLeadsNowhere(String path) throws IOException {
        String reply = raw("POST " + path, "localhost");

        assertThat(reply)
                .containsPattern("^HTTP/1.1 40[04]")
                .contains("application/problem+json", "urn:sluice:problem:");
    }

    private static String raw(String methodAndPath, String host) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), sluice.at("/").getPort())) {
            socket.getOutputStream()
                    .write("%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(methodAndPath, host)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBodyBehindAnHttpApiMayBeBase64() {
        String body = "{\"feed\":\"countries\",\"name\":\"b.csv\",\"size\":3}";
        String event = httpApiEvent("/api/objects")
                .replace("\"GET\"", "\"POST\"")
                .replace(
                        "\"isBase64Encoded\":false",
                        "\"isBase64Encoded\":true,\"body\":\"%s\""
                                .formatted(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8))));

        JsonNode reply = RunningSluice.JSON.readTree(
                sluice.post("/functions/triggerRouter", event).body());

        assertThat(reply.path("statusCode").asInt()).isEqualTo(200);
        assertThat(reply.path("body").asString()).contains("countries/b.csv");
    }

    /** Payload format 2.0, shortened to what is not optional. */
    private static String httpApiEvent(String path) {
        int question = path.indexOf('?');
        String raw = question < 0 ? path : path.substring(0, question);
        String query = question < 0 ? "" : path.substring(question + 1);
        return """
                {"version":"2.0","routeKey":"ANY /{proxy+}","rawPath":"%s","rawQueryString":"%s",
                "headers":{"host":"api.example.com"},
                "requestContext":{"apiId":"a","stage":"$default","http":{"method":"GET","path":"%s","protocol":"HTTP/1.1"}},
                "isBase64Encoded":false}""".formatted(raw, query, raw);
    }
}
