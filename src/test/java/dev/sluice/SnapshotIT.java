package dev.sluice;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.aws.Item;
import dev.sluice.invocation.Invocation;
import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** Rows that their object does not hold any more, or whose object is gone, with feeds that want them removed. */
class SnapshotIT {

    private static final int MANY = 60;
    private static final Duration INDEX_LAG = Duration.ofMillis(1_500);

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "snapshot",
                "--sluice.rows.index-lag=" + INDEX_LAG,
                "--sluice.feeds[0].name=whole",
                "--sluice.feeds[0].match.key=whole/*",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key[0]=id",
                "--sluice.feeds[0].mode=snapshot",
                "--sluice.feeds[0].rejects.limit=1",
                "--sluice.feeds[1].name=gone",
                "--sluice.feeds[1].match.key=gone/*",
                "--sluice.feeds[1].format=csv",
                "--sluice.feeds[1].key[0]=id",
                "--sluice.feeds[1].on-delete=remove",
                "--sluice.feeds[2].name=kept",
                "--sluice.feeds[2].match.key=kept/*",
                "--sluice.feeds[2].format=csv",
                "--sluice.feeds[2].key[0]=id");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void rowsThatTheNewestVersionDoesNotHoldAreRemoved() {
        read("whole/a.csv", csv("a", 1, 2, 3, 4));
        read("whole/beside.csv", csv("beside", 5));

        JsonNode object = read("whole/a.csv", "id,n\na1,1\na2,changed\n\"a3\"x,1\n");

        assertThat(object.path("rejects").asInt()).isEqualTo(1);
        assertThat(object.path("removed").asInt()).isEqualTo(2);
        assertThat(keys("whole", "a")).containsExactly("a1", "a2");
        assertThat(keys("whole", "beside")).containsExactly("beside5");
        await().untilAsserted(() -> assertThat(removedEvents("whole/a"))
                .extracting(event -> event.path("data").path("key").asString())
                .containsExactlyInAnyOrder("a3", "a4"));
        assertThat(removedEvents("whole/a"))
                .extracting(event -> event.path("data").path("before").toString())
                .containsExactlyInAnyOrder("{\"id\":\"a3\",\"n\":\"0\"}", "{\"id\":\"a4\",\"n\":\"0\"}");
    }

    @Test
    void aRowThatAnotherObjectHasTakenOverStays() {
        read("whole/b1.csv", csv("taken", 1, 2));
        read("whole/b2.csv", csv("taken", 2, 3));

        assertThat(read("whole/b1.csv", "id,n\n").path("removed").asInt()).isEqualTo(1);

        assertThat(keys("whole", "taken")).containsExactly("taken2", "taken3");
    }

    @Test
    void aFailedVersionRemovesNothing() {
        read("whole/c.csv", csv("c", 1, 2));

        assertThat(read("whole/c.csv", "id,n\nc1,1\n\"x\"x,1\n\"y\"y,1\n")
                        .path("reason")
                        .asString())
                .isEqualTo("too-many-rejects");

        assertThat(keys("whole", "c")).containsExactly("c1", "c2");
    }

    @Test
    void withoutASnapshotOldRowsStay() {
        read("kept/d.csv", csv("d", 1, 2));
        assertThat(read("kept/d.csv", csv("d", 1)).path("removed").asInt()).isZero();
        delete("kept/d.csv");

        assertThat(keys("kept", "d")).containsExactly("d1", "d2");
    }

    @Test
    void anObjectsRowsGoWithIt() {
        read("gone/e1.csv", csv("e", 1, 2));
        read("gone/e1.csv", csv("e", 2, 3));
        read("gone/e2.csv", csv("e", 3, 4));

        JsonNode object = delete("gone/e1.csv");

        assertThat(object.path("removed").asInt()).isEqualTo(2);
        assertThat(object.path("records").asInt()).isEqualTo(2);
        assertThat(keys("gone", "e")).containsExactly("e3", "e4");
        await().until(() -> removedEvents("gone/e").size() == 2);
    }

    @Test
    void aRowThatTheIndexShowsLateGoesToo() {
        read("whole/late.csv", csv("late", 1, 2, 3));
        String late = rowKey("late2");
        LaggingIndex.hide(late, Instant.now().plus(INDEX_LAG));

        JsonNode object = read("whole/late.csv", csv("late", 1));

        assertThat(keys("whole", "late")).containsExactly("late1");
        assertThat(object.path("removed").asInt()).isEqualTo(2);
        assertThat(object.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aRowOfAGoneObjectThatTheIndexShowsLateGoesToo() {
        read("gone/late.csv", csv("late", 1, 2));
        String late = rowKey("late2");
        LaggingIndex.hide(late, Instant.now().plus(INDEX_LAG));

        JsonNode object = delete("gone/late.csv");

        assertThat(keys("gone", "late")).isEmpty();
        assertThat(object.path("removed").asInt()).isEqualTo(2);
        assertThat(object.path("records").asInt()).isEqualTo(2);
    }

    @Test
    void whatComesBackWhileItsRowsGoIsReadFromItsFirstByte() {
        String key = "gone/back.csv";
        read(key, csv("back", 1, 2));
        sluice.cloud().s3Client().deleteObject(delete -> delete.bucket(
                        sluice.resources().bucket())
                .key(key));
        await().until(() -> keys("gone", "back").isEmpty());

        JsonNode object = read(key, csv("back", 1, 2));

        assertThat(keys("gone", "back")).containsExactly("back1", "back2");
        assertThat(object.path("records").asInt()).isEqualTo(2);
    }

    @Test
    void aSweepWithoutTimeIsGoneOnWith() {
        String key = "whole/f.csv";
        read(key, csv("f", IntStream.rangeClosed(1, MANY).toArray()));
        var old = items("f");
        assertThat(old).hasSize(MANY);
        read(key, "id,n\n");
        assertThat(items("f")).isEmpty();
        var over = new Invocation("over", Instant.now());

        // The object's own notice may come late and be quicker; but nobody may be at it while the ledger forgets it.
        await().until(() -> {
            if (!sluice.read(key).path("state").asString().equals("done")) {
                return false;
            }
            old.forEach(item -> sluice.cloud().dynamoDbClient().putItem(put -> put.tableName(
                            sluice.resources().rowsTable())
                    .item(item)));
            forget(key);
            return over.call(() -> readObjects(key)).equals("reading");
        });

        await().until(() -> sluice.object(key).path("state").asString("").equals("done"));
        assertThat(items("f")).isEmpty();
        assertThat(sluice.object(key).path("removed").asInt()).isEqualTo(MANY);
        assertThat(sluice.object(key).path("reason").asString()).isEqualTo("no-records");
    }

    private static String readObjects(String key) {
        @SuppressWarnings("unchecked")
        var bean = (Function<ObjectNotices, ReadReport>) sluice.context().getBean("readObjects");
        var notice = new ObjectNotice(sluice.resources().bucket(), key);
        return bean.apply(new ObjectNotices(List.of(notice)))
                .objects()
                .getFirst()
                .state()
                .word();
    }

    private static String csv(String prefix, int... numbers) {
        return "id,n\n"
                + IntStream.of(numbers)
                        .mapToObj(number -> prefix + number + ",0\n")
                        .collect(joining());
    }

    private static JsonNode read(String key, String content) {
        sluice.upload(key, content);
        sluice.read(key);
        await().until(() -> Set.of("done", "failed")
                .contains(sluice.object(key).path("state").asString("")));
        return sluice.object(key);
    }

    private static JsonNode delete(String key) {
        sluice.cloud().s3Client().deleteObject(delete -> delete.bucket(
                        sluice.resources().bucket())
                .key(key));
        await().until(() -> sluice.object(key).path("state").asString("").equals("removed"));
        return sluice.object(key);
    }

    private static void forget(String key) {
        String id = sluice.object(key).path("id").asString("none");
        sluice.cloud().dynamoDbClient().deleteItem(delete -> delete.tableName(
                        sluice.resources().ledgerTable())
                .key(Map.of("id", AttributeValue.fromS(id))));
    }

    private static Set<String> keys(String feed, String prefix) {
        var keys = new TreeSet<String>();
        sluice.all("/api/feeds/" + feed + "/rows?prefix=" + prefix)
                .forEach(row -> keys.add(row.path("key").asString()));
        return keys;
    }

    private static String rowKey(String prefix) {
        return new Item(items(prefix).getFirst()).text("sk");
    }

    private static List<Map<String, AttributeValue>> items(String prefix) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        sluice
                .cloud()
                .dynamoDbClient()
                .scanPaginator(scan -> scan.tableName(sluice.resources().rowsTable()))
                .items()
                .stream()
                .filter(item -> String.valueOf(item.get("sk")).contains("S=" + prefix))
                .forEach(items::add);
        return items;
    }

    private static List<JsonNode> removedEvents(String subject) {
        return sluice.events().stream()
                .filter(event -> event.path("type").asString().equals("dev.sluice.row.removed"))
                .filter(event -> event.path("subject").asString().startsWith(subject))
                .toList();
    }
}
