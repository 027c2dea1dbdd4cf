package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** DynamoDB leaves items unwritten, Kinesis refuses records and requests and loses replies: order and content hold. */
class OrderUnderFaultsIT {

    private static final int RECORDS = 3_000;
    private static final int KEYS = 200;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start("faults");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @AfterEach
    void noMoreFaults() {
        UnprocessedItems.end();
        sluice.noKinesisFaults();
    }

    @Test
    void everyKeyKeepsItsOrderAndNothingIsLost() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var file = new StringBuilder();
        Map<String, List<Integer>> history = new HashMap<>();
        for (int i = 1; i <= RECORDS; i++) {
            String key = "k" + random.nextInt(KEYS);
            file.append("{\"id\":\"%s\",\"n\":%d}%n".formatted(key, i));
            history.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
        }
        UnprocessedItems.begin(random.nextLong());
        sluice.kinesisFaults(random);

        sluice.upload("places/many.ndjson", file.toString());

        await("seed " + seed).atMost(LONGEST).untilAsserted(() -> {
            Map<String, List<JsonNode>> seen = seen();
            assertThat(seen.keySet()).isEqualTo(history.keySet());
            history.forEach((key, values) -> assertNoGap(seen.getOrDefault(key, List.of()), values));
        });
        assertThat(sluice.object("places/many.ndjson").path("rows").asInt()).isEqualTo(RECORDS);
        history.forEach((key, values) -> assertThat(RunningSluice.JSON
                        .readTree(sluice.get("/api/feeds/places/rows/" + key).body())
                        .path("data")
                        .path("n")
                        .asInt())
                .as("seed %d, key %s", seed, key)
                .isEqualTo(values.getLast()));
    }

    /** Records of a key that follow each other closely may become one change; each change goes on from the one before. */
    private static void assertNoGap(List<JsonNode> events, List<Integer> values) {
        JsonNode before = RunningSluice.JSON.nullNode();
        var seen = new ArrayList<Integer>();
        for (JsonNode event : events) {
            assertThat(event.path("data").path("before")).isEqualTo(before);
            before = event.path("data").path("after");
            seen.add(before.path("n").asInt());
        }
        assertThat(values).containsSubsequence(seen).endsWith(seen.getLast());
    }

    /** What a consumer sees of each key that drops every event not above the last sequence it saw. */
    private static Map<String, List<JsonNode>> seen() {
        Map<String, String> last = new HashMap<>();
        Map<String, List<JsonNode>> seen = new HashMap<>();
        for (JsonNode event : sluice.events()) {
            String key = event.path("data").path("key").asString();
            String sequence = event.path("sequence").asString();
            if (sequence.compareTo(last.getOrDefault(key, "")) > 0) {
                last.put(key, sequence);
                seen.computeIfAbsent(key, _ -> new ArrayList<>()).add(event);
            }
        }
        return seen;
    }
}
