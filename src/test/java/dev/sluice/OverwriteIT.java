package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Objects with rows of the same key, with {@code overwrite: row}: in whatever order they are read, the newest row stays. */
class OverwriteIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "overwrite",
                "--sluice.feeds[0].name=timed",
                "--sluice.feeds[0].match.key=timed/*",
                "--sluice.feeds[0].format=ndjson",
                "--sluice.feeds[0].key[0]=id",
                "--sluice.feeds[0].overwrite=row",
                "--sluice.feeds[1].name=counted",
                "--sluice.feeds[1].match.key=counted/*",
                "--sluice.feeds[1].format=ndjson",
                "--sluice.feeds[1].key[0]=id",
                "--sluice.feeds[1].overwrite=row",
                "--sluice.feeds[1].newest-by=n",
                "--sluice.feeds[2].name=stamped",
                "--sluice.feeds[2].match.key=stamped/*",
                "--sluice.feeds[2].format=csv",
                "--sluice.feeds[2].key[0]=id",
                "--sluice.feeds[2].types[0].column=at",
                "--sluice.feeds[2].types[0].type=timestamp",
                "--sluice.feeds[2].overwrite=row",
                "--sluice.feeds[2].newest-by=at");
    }

    @AfterEach
    void noMoreFaults() {
        ObjectFaults.none();
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void theNewestObjectsRowStays() {
        sluice.upload("timed/z.ndjson", "{\"id\":\"t\",\"of\":\"z\"}\n");
        Instant first = modified("timed/z.ndjson");
        await().until(() -> {
            sluice.upload("timed/a.ndjson", "{\"id\":\"t\",\"of\":\"a\"}\n");
            return modified("timed/a.ndjson").isAfter(first);
        });

        assertStaysInAnyOrder("timed", "t", "timed/z.ndjson", "timed/a.ndjson", "\"of\":\"a\"");
    }

    @Test
    void theGreatestNumberStays() {
        sluice.upload("counted/z.ndjson", "{\"id\":\"c\",\"n\":10}\n");
        sluice.upload("counted/a.ndjson", "{\"id\":\"c\",\"n\":9}\n");

        assertStaysInAnyOrder("counted", "c", "counted/z.ndjson", "counted/a.ndjson", "\"n\":10");
    }

    @Test
    void theLatestTimeStays() {
        sluice.upload("stamped/a.csv", "id,at\ns,2026-01-02T03:04:05.5Z\n");
        sluice.upload("stamped/z.csv", "id,at\ns,2026-01-02T04:04:05+01:00\n");

        assertStaysInAnyOrder("stamped", "s", "stamped/a.csv", "stamped/z.csv", "05.500Z");
    }

    /** Both versions are of the same second, as S3 tells times. */
    @Test
    void ofAnObjectsVersionsTheNewerOneStaysWhereverItsRowStands() {
        String key = "timed/same.ndjson";
        ObjectFaults.lastModified(key, Instant.parse("2026-01-02T03:04:05Z"));
        sluice.upload(key, "{\"id\":\"other\"}\n{\"id\":\"v\",\"of\":1}\n");
        sluice.read(key);
        assertThat(row("timed", "v")).contains("\"of\":1");
        sluice.upload(key, "{\"id\":\"v\",\"of\":2}\n");
        sluice.read(key);

        assertThat(row("timed", "v")).contains("\"of\":2");
    }

    @Test
    void inOneObjectTheGreatestValueStaysThenTheLaterRecord() {
        String key = "counted/one.ndjson";
        sluice.upload(key, """
                {"id":"o","n":5,"line":1}
                {"id":"o","n":7,"line":2}
                {"id":"o","n":7,"line":3}
                {"id":"o","n":6,"line":4}
                {"id":"p","n":null}
                {"id":"p"}
                {"id":"p","n":[1]}
                """);

        assertThat(sluice.read(key).toString()).contains("\"rows\":4,\"rejects\":3");

        assertThat(row("counted", "o")).contains("\"line\":3");
        assertThat(sluice.all("/api/objects/" + sluice.object(key).path("id").asString() + "/rejects"))
                .extracting(reject -> reject.path("reason").asString())
                .containsExactly("missing-newest-by", "missing-newest-by", "missing-newest-by");
    }

    private static void assertStaysInAnyOrder(String feed, String id, String newest, String older, String newestRow) {
        for (var order : List.of(List.of(newest, older), List.of(older, newest))) {
            order.forEach(OverwriteIT::readAnew);
            for (var row : sluice.all("/api/feeds/" + feed + "/rows")) {
                delete(row.path("key").asString(), feed);
            }
            order.forEach(OverwriteIT::readAnew);
            assertThat(row(feed, id)).as("read in the order %s", order).contains(newestRow);
            order.forEach(OverwriteIT::readAnew);
            assertThat(row(feed, id)).as("read again in the order %s", order).contains(newestRow);
        }
    }

    private static void delete(String key, String feed) {
        String table = sluice.resources().rowsTable();
        for (int partition = 0; partition < 16; partition++) {
            var pk = AttributeValue.fromS("%s#%02d".formatted(feed, partition));
            sluice.cloud().dynamoDbClient().deleteItem(delete -> delete.tableName(table)
                    .key(Map.of("pk", pk, "sk", AttributeValue.fromS(key))));
        }
    }

    /** Reads the object as if nobody ever had. */
    private static void readAnew(String key) {
        sluice.read(key);
        String id = sluice.object(key).path("id").asString();
        sluice.cloud().dynamoDbClient().deleteItem(delete -> delete.tableName(
                        sluice.resources().ledgerTable())
                .key(Map.of("id", AttributeValue.fromS(id))));
        assertThat(sluice.read(key).path("state").asString()).isEqualTo("done");
    }

    private static Instant modified(String key) {
        return sluice.cloud()
                .s3Client()
                .headObject(head -> head.bucket(sluice.resources().bucket()).key(key))
                .lastModified();
    }

    private static String row(String feed, String id) {
        return sluice.get("/api/feeds/" + feed + "/rows/" + id).body();
    }
}
