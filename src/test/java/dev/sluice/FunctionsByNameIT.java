package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ObjectState;
import dev.sluice.object.ReadReport;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.function.context.FunctionCatalog;
import tools.jackson.databind.JsonNode;

/** Every bean is called by its name: from Java through the catalog, and as JSON over HTTP. */
class FunctionsByNameIT {

    private static final Path EVENTS = Path.of("src", "test", "resources", "events");

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start("by-name");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggerRouter",
                "readObjects",
                "reconcileObjects",
                "forwardChanges",
                "processChanges",
                "showPage",
                "health",
                "listFeeds",
                "listObjects",
                "showObject",
                "uploadObject",
                "replayObject",
                "listRejects",
                "listRows",
                "showRow",
                "logSummary",
                "liveTail",
                "issueTicket",
                "liveConnect",
                "liveMessage",
                "liveDisconnect"
            })
    void everyBeanIsInTheCatalog(String name) {
        var catalog = sluice.context().getBean(FunctionCatalog.class);

        assertThat(catalog.<Object>lookup(name)).isNotNull();
        assertThat(catalog.getNames(null)).contains(name);
    }

    @Test
    void aBeanIsCalledFromJava() {
        Function<ObjectNotices, ReadReport> readObjects =
                sluice.context().getBean(FunctionCatalog.class).lookup("readObjects");

        ReadReport report = readObjects.apply(
                new ObjectNotices(List.of(new ObjectNotice(sluice.resources().bucket(), "countries/none.csv"))));

        assertThat(report.objects()).singleElement().satisfies(object -> assertThat(object.state())
                .isEqualTo(ObjectState.MISSING));
    }

    @Test
    void aBeanIsCalledWithJson() {
        sluice.upload("subdivisions/by-name.csv", "SUCountry,SUCode\nXX,by-name\n");

        JsonNode object = sluice.read("subdivisions/by-name.csv");

        assertThat(object.path("state").asString()).isEqualTo("done");
        assertThat(object.path("rows").asInt()).isEqualTo(1);
    }

    @Test
    void aChangeIsForwardedAndProcessedByName() {
        String change = """
                {"changes":[{"id":"by-name-1","kind":"inserted","feed":"countries","key":"QQQ","time":"2026-01-02T03:04:05Z",
                "sequence":"4711","before":null,"after":{"amount":1.10,"text":"x"}}]}""";

        HttpResponse<String> forwarded = sluice.post("/functions/forwardChanges", change);

        assertThat(forwarded.body()).isEqualTo("{\"batchItemFailures\":[]}");
        JsonNode event = sluice.events().stream()
                .filter(one -> one.path("id").asString().equals("by-name-1"))
                .findFirst()
                .orElseThrow();
        assertThat(event.path("data").toString())
                .isEqualTo(
                        "{\"feed\":\"countries\",\"key\":\"QQQ\",\"before\":null,\"after\":{\"amount\":1.10,\"text\":\"x\"}}");

        var batch = RunningSluice.JSON.createObjectNode();
        batch.putArray("deliveries").addObject().put("sequence", "1").set("event", event);
        assertThat(sluice.post("/functions/processChanges", batch.toString()).body())
                .isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void aBeanIsCalledDirectlyThroughTheDoor() {
        String call = "{\"function\":\"reconcileObjects\",\"input\":{\"prefix\":\"by-name/none/\",\"dryRun\":true}}";

        assertThat(sluice.post("/functions/triggerRouter", call).body())
                .isEqualTo("{\"looked\":0,\"unread\":0,\"changed\":0,\"stuck\":0,\"vanished\":0,\"enqueued\":0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"secret\"]",
                "{\"limit\":\"secret\"}",
                "{\"limit\":0}",
                "{\"cursor\":\"secret\"}",
                "\"secret\""
            })
    void aWrongInputOfADirectCallIsAnErrorThatDoesNotShowIt(String input) {
        HttpResponse<String> response =
                sluice.post("/functions/triggerRouter", "{\"function\":\"reconcileObjects\",\"input\":" + input + "}");

        assertThat(response.statusCode()).isBetween(400, 599);
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void aRouteIsCalledByName() {
        JsonNode response = RunningSluice.JSON.readTree(
                sluice.post("/functions/listFeeds", "{\"path\":\"/api/feeds\"}").body());

        assertThat(response.path("status").asInt()).isEqualTo(200);
        assertThat(response.path("body").asString()).contains("\"countries\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3",
                "stream",
                "kinesis",
                "http",
                "http-v1",
                "http-rest",
                "http-url",
                "http-alb",
                "http-alb-many",
                "websocket-connect",
                "websocket-disconnect"
            })
    void theDoorTakesEachSampleEvent(String event) throws IOException {
        HttpResponse<String> reply =
                sluice.post("/functions/triggerRouter", Files.readString(EVENTS.resolve(event + ".json")));

        assertThat(reply.statusCode()).isEqualTo(200);
        JsonNode body = RunningSluice.JSON.readTree(reply.body());
        switch (event) {
            case "s3" ->
                assertThat(body.path("objects").path(0).path("state").asString())
                        .isEqualTo("missing");
            case "stream", "kinesis" -> assertThat(reply.body()).isEqualTo("{\"batchItemFailures\":[]}");
            // Nobody has been given its ticket.
            case "websocket-connect" ->
                assertThat(body.path("statusCode").asInt()).isEqualTo(401);
            case "http", "websocket-disconnect" ->
                assertThat(body.path("statusCode").asInt()).isEqualTo(200);
            // There is no such row here.
            default -> assertThat(body.path("statusCode").asInt()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noSuchBean",
                "aws",
                "functionRouter",
                "",
                "readObjects,health",
                "readObjects|health",
                "awsClients"
            })
    void anUnknownNameIsNotFound(String name) {
        HttpResponse<String> reply = sluice.post("/functions/" + name.replace("|", "%7C"), "{}");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "no json",
                "{\"notices\":5}",
                "{\"notices\":[1]}",
                "{\"notices\":[{\"bucket\":\"b\"}]}",
                "{\"notices\":null}",
                "[]",
                "{\"notices\":[]} x"
            })
    void badJsonIsABadRequest(String body) {
        HttpResponse<String> reply = sluice.post("/functions/readObjects", body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void noHeaderOfTheRequestIsAnsweredBack() {
        var request = HttpRequest.newBuilder(sluice.at("/functions/readObjects"))
                .header("authorization", "Bearer s3cret")
                .header("cookie", "session=s3cret")
                .header("x-anything", "s3cret")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"notices\":[]}"));

        HttpResponse<String> reply = sluice.send(request);

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"objects\":[],\"unread\":[]}");
        assertThat(reply.headers().map().toString()).doesNotContain("s3cret", "anything");
    }

    @Test
    void aPageOfAnotherSiteIsRefused() {
        var request = HttpRequest.newBuilder(sluice.at("/functions/readObjects"))
                .header("origin", "https://example.com")
                .POST(BodyPublishers.ofString("{\"notices\":[]}"));

        assertThat(sluice.send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void onlyPostCallsAFunction() {
        assertThat(sluice.get("/functions/readObjects").statusCode()).isEqualTo(405);
    }

    @Test
    void anUnknownEventNamesItsKeysAndNothingElse() {
        HttpResponse<String> reply = sluice.post("/functions/triggerRouter", "{\"first\":\"s3cret\",\"second\":{}}");

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).contains("first, second").doesNotContain("s3cret");
    }
}
