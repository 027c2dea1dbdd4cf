package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** An object is read again on purpose. */
class ReplayIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @SuppressWarnings("NullAway.Init")
    private static QuietBucket bucket;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "replay",
                "--sluice.feeds[0].name=lines",
                "--sluice.feeds[0].match.key=lines/**",
                "--sluice.feeds[0].format=ndjson",
                "--sluice.feeds[0].key[0]=id");
        bucket = QuietBucket.create(sluice, "replay-quiet");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void theSameRowsAreWrittenAndNothingChanges() {
        bucket.read("lines/a", "{\"id\":\"a1\"}\n{\"id\":\"a2\"}\n");
        await().until(() -> events("a").size() == 2);
        // What would be missing, did replaying only say that it reads.
        JsonNode row = row("a1");
        bucket.read("lines/a-later", "{\"id\":\"a1\",\"later\":true}\n");
        await().until(() -> events("a").size() == 3);

        HttpResponse<String> first = replay("lines/a");

        assertThat(first.statusCode()).isEqualTo(202);
        JsonNode view = RunningSluice.JSON.readTree(first.body());
        assertThat(view.path("state").asString()).isEqualTo("waiting");
        assertThat(view.path("version").asString())
                .isEqualTo(bucket.attribute("lines/a", "version").s());
        awaitAttempt("lines/a", 2, "done");
        assertThat(row("a1")).isEqualTo(row);
        await().until(() -> events("a").size() == 4);

        assertThat(replay("lines/a").statusCode()).isEqualTo(202);
        awaitAttempt("lines/a", 3, "done");
        bucket.read("lines/marker", "{\"id\":\"marker\"}\n");
        await().until(() -> events("marker").size() == 1);
        assertThat(events("a")).hasSize(4);
    }

    @Test
    void whatHasFailedIsTriedAgain() {
        bucket.read("lines/good", "{\"id\":\"good\"}\n");
        bucket.change("lines/good", Map.of("state", AttributeValue.fromS("failed")));

        assertThat(replay("lines/good").statusCode()).isEqualTo(202);

        awaitAttempt("lines/good", 2, "done");
    }

    @Test
    void whatIsGoneIsFoundToBeGone() {
        bucket.read("lines/gone", "{\"id\":\"gone\"}\n");
        bucket.delete("lines/gone");

        assertThat(replay("lines/gone").statusCode()).isEqualTo(202);

        bucket.awaitState("lines/gone", "removed");
    }

    @Test
    void whatIsBeingReadIsLeftAlone() {
        bucket.read("lines/busy", "{\"id\":\"busy\"}\n");
        long until = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
        bucket.change(
                "lines/busy",
                Map.of(
                        "holder", AttributeValue.fromS("another"),
                        "leaseUntil", AttributeValue.fromN(Long.toString(until))));
        Map<String, AttributeValue> before = bucket.item("lines/busy");

        HttpResponse<String> refusal = replay("lines/busy");

        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(refusal.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(bucket.item("lines/busy")).isEqualTo(before);
    }

    @Test
    void anUnknownObjectIsNotFound() {
        assertThat(replay("lines/never").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> replay(String key) {
        return sluice.post("/api/objects/" + bucket.id(key) + "/replay", "");
    }

    private static void awaitAttempt(String key, int attempt, String state) {
        await(key).until(() -> String.valueOf(attempt)
                .equals(bucket.attribute(key, "attempts").n()));
        bucket.awaitState(key, state);
    }

    private static JsonNode row(String key) {
        return RunningSluice.JSON.readTree(
                sluice.get("/api/feeds/lines/rows/" + key).body());
    }

    private static List<JsonNode> events(String keyPrefix) {
        return sluice.events().stream()
                .filter(event -> event.path("data").path("key").asString().startsWith(keyPrefix))
                .toList();
    }
}
