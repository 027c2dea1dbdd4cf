package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.letter.Letter;
import dev.sluice.letter.Letters;
import dev.sluice.value.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** The API keeps to its description: each route with each reply that it promises, and the rules of lists. */
class ApiIT {

    private static final int BODY_BYTES = 200;

    /** Need an issuer or a fault of this side; OpenApiTests has each of them for each route. */
    private static final Set<String> NOT_HERE = Set.of("401", "403", "500", "503");

    private static final Instant SAME = Instant.parse("2026-01-31T12:00:00.123456Z");

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @SuppressWarnings("NullAway.Init")
    private static QuietBucket bucket;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "api",
                "--sluice.feeds[0].name=lines",
                "--sluice.feeds[0].match.key=lines/**",
                "--sluice.feeds[0].format=ndjson",
                "--sluice.feeds[0].key[0]=id",
                "--sluice.feeds[1].name=others",
                "--sluice.feeds[1].match.key=others/**",
                "--sluice.feeds[1].format=ndjson",
                "--sluice.feeds[1].key[0]=id",
                "--sluice.web.body-bytes=" + BODY_BYTES);
        bucket = QuietBucket.create(sluice, "api-quiet");
        bucket.read("lines/a", "{\"id\":\"a1\"}\n{\"id\":\"a2\"}\n{\n[]\n");
        for (String key : List.of("again", "b", "busy", "c", "d")) {
            bucket.read("lines/" + key, "{\"id\":\"%s\"}\n".formatted(key));
        }
        bucket.read("others/a", "{\"id\":\"a\"}\n");
        long until = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
        bucket.change(
                "lines/busy",
                Map.of(
                        "holder", AttributeValue.fromS("another"),
                        "leaseUntil", AttributeValue.fromN(Long.toString(until))));
        for (String key : List.of("b", "c", "d")) {
            String id = bucket.id("lines/" + key);
            bucket.change(
                    "lines/" + key,
                    Map.of(
                            "updated", AttributeValue.fromS(SAME.toString()),
                            "stateTime",
                                    AttributeValue.fromS(
                                            "done#2026-01-31T12:00:00.123456#%08x".formatted(id.hashCode()))));
        }
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    /** A request that each route carries out, as path and body. */
    private static Map<String, List<String>> requests() {
        String object = "/api/objects/" + bucket.id("lines/a");
        return Map.ofEntries(
                entry("GET /", List.of("/", "")),
                entry("GET /page/{version}/{file}", List.of("/page/1/main.js", "")),
                entry("GET /api/health", List.of("/api/health", "")),
                entry("GET /api/openapi.json", List.of("/api/openapi.json", "")),
                entry("GET /api/sign-in", List.of("/api/sign-in", "")),
                entry("GET /api/feeds", List.of("/api/feeds", "")),
                entry("GET /api/objects", List.of("/api/objects", "")),
                entry(
                        "POST /api/objects",
                        List.of(
                                "/api/objects",
                                "{\"feed\":\"lines\",\"name\":\"x\",\"size\":1,\"type\":\"text/csv\"}")),
                entry(
                        "POST /api/objects/replay",
                        List.of("/api/objects/replay", "{\"ids\":[\"%s\",\"-\"]}".formatted(bucket.id("lines/busy")))),
                entry("GET /api/objects/{id}", List.of(object, "")),
                // Not the object whose rejects are listed: for a moment it has none while it is read again.
                entry(
                        "POST /api/objects/{id}/replay",
                        List.of("/api/objects/" + bucket.id("lines/again") + "/replay", "")),
                entry("GET /api/objects/{id}/rejects", List.of(object + "/rejects", "")),
                entry("GET /api/feeds/{feed}/activity", List.of("/api/feeds/lines/activity", "")),
                entry("GET /api/feeds/{feed}/rows", List.of("/api/feeds/lines/rows", "")),
                entry("GET /api/feeds/{feed}/rows/{key}", List.of("/api/feeds/lines/rows/a1", "")),
                entry("GET /api/letters", List.of("/api/letters", "")),
                entry("GET /api/letters/{id}", List.of("/api/letters/" + letter("shown"), "")),
                entry(
                        "DELETE /api/letters/{id}",
                        List.of("/api/letters/%s?because=tried".formatted(letter("discarded")), "")),
                entry(
                        "POST /api/letters/{id}/redrive",
                        List.of("/api/letters/%s/redrive".formatted(letter("sent")), "")),
                entry("POST /api/live/ticket", List.of("/api/live/ticket", "")));
    }

    private static String letter(String id) {
        sluice.context()
                .getBean(Letters.class)
                .keep(
                        new Letter("triggerRouter", id, id, SAME, 1, Json.of("{\"Event\":\"s3:TestEvent\"}")),
                        Duration.ofSeconds(9));
        return sluice.all("/api/letters?reason=" + id).getFirst().path("id").asString();
    }

    @Test
    void everyReplyThatARoutePromisesIsAsItIsDescribed() {
        var api = new ApiDescription(sluice.get("/api/openapi.json").body());
        var requests = requests();
        assertThat(requests.keySet()).isEqualTo(api.operations().keySet());
        Set<String> promised = new TreeSet<>();
        api.operations().forEach((operation, described) -> {
            String path = requests.getOrDefault(operation, List.of()).getFirst();
            String body = requests.getOrDefault(operation, List.of()).getLast();
            String bad = path + (path.contains("?") ? "&" : "?") + "x=%E6";
            String none = operation.replaceFirst("[A-Z]+ ", "").replaceAll("\\{[a-z]+}", "none")
                    + (path.contains("?") ? path.substring(path.indexOf('?')) : "");
            described.path("responses").propertyNames().forEach(status -> {
                promised.add(operation + " " + status);
                switch (status) {
                    case "200", "202" -> send(operation, path, body);
                    case "304" -> send(operation, path, body, "if-none-match", "*");
                    case "400" -> send(operation, bad, body);
                    case "404" -> send(operation, none, body);
                    case "409" ->
                        send(operation, path.replace(bucket.id("lines/again"), bucket.id("lines/busy")), body);
                    case "413" -> send(operation, path, " ".repeat(BODY_BYTES + 1));
                    case "415" -> send(operation, path, body, "content-type", "text/plain");
                    case "422" -> send(operation, path, "[]");
                    default -> assertThat(NOT_HERE).contains(status);
                }
            });
        });
        promised.removeIf(one -> NOT_HERE.contains(one.substring(one.length() - 3)));
        assertThat(sluice.checked()).containsAll(promised);
    }

    @Test
    void whatIsNotDescribedIsNotThere() {
        assertThat(send("PUT /", "/api/objects", "").statusCode()).isEqualTo(405);
        assertThat(sluice.checked()).contains("PUT /api/objects 405");
        assertThat(sluice.get("/api/nothing").body()).contains("urn:sluice:problem:not-found");
    }

    private static HttpResponse<String> send(String operation, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(sluice.at(path))
                .method(
                        operation.substring(0, operation.indexOf(' ')),
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return sluice.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void filtersLeaveOutEverythingElse() {
        assertThat(keys("/api/objects?feed=lines&state=done")).contains("lines/b", "lines/c", "lines/d");
        assertThat(keys("/api/objects?feed=lines&state=failed")).isEmpty();
        assertThat(keys("/api/objects?feed=others")).containsExactly("others/a");
        assertThat(keys("/api/objects?from=" + SAME + "&to=" + SAME.plusNanos(1000)))
                .containsExactlyInAnyOrder("lines/b", "lines/c", "lines/d");
        assertThat(keys("/api/objects?from=" + SAME.minusSeconds(1) + "&to=" + SAME))
                .isEmpty();
    }

    @Test
    void entriesOfOneMomentHaveAnOrderThatLasts() {
        String path = "/api/objects?from=" + SAME + "&to=" + SAME.plusNanos(1000);

        assertThat(keys(path + "&limit=1")).isEqualTo(keys(path)).hasSize(3).doesNotHaveDuplicates();
    }

    private static List<String> keys(String path) {
        return sluice.all(path).stream()
                .map(item -> item.path("key").asString())
                .toList();
    }

    private static String rejects() {
        return "/api/objects/" + bucket.id("lines/a") + "/rejects";
    }

    @Test
    void aPageIsAsLongAsWasAskedForAndItsCursorLeadsOnInThatListOnly() {
        letter("one");
        letter("two");
        List<String> lists =
                List.of("/api/feeds/lines/rows", "/api/objects?feed=lines&state=done", rejects(), "/api/letters");
        var cursors = new ArrayList<String>();
        for (String list : lists) {
            JsonNode page = RunningSluice.JSON.readTree(
                    sluice.get(asked(list, "limit=1")).body());
            assertThat(page.path("items")).as(list).hasSize(1);
            cursors.add(page.path("cursor").asString());
        }
        for (String list : lists) {
            for (String cursor : cursors) {
                boolean own = lists.indexOf(list) == cursors.indexOf(cursor);
                HttpResponse<String> reply = sluice.get(asked(list, "cursor=" + cursor));
                assertThat(reply.statusCode()).as(list).isEqualTo(own ? 200 : 400);
                assertThat(sluice.get(asked(list, "prefix=a&feed=others&reason=one&cursor=" + cursor))
                                .statusCode())
                        .as(list)
                        .isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "AAAAAAA", "%20", "____"})
    void aCursorThatNobodyHasAnsweredIsRefused(String cursor) {
        HttpResponse<String> reply = sluice.get("/api/feeds/lines/rows?cursor=" + cursor);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("leave it out to begin anew");
    }

    private static String asked(String list, String more) {
        return list + (list.contains("?") ? "&" : "?") + more;
    }
}
