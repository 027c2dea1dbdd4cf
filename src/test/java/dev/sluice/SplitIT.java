package dev.sluice;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Objects that are read in parts of 1 KB, next to the same ones read whole. */
class SplitIT {

    private static final int LONG_RECORD = 5_000;

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        var settings = new ArrayList<String>();
        settings.addAll(
                feed(0, "whole-csv", "csv", "key=id", "comment=#", "newlines-in-quotes=false", "max-record-bytes=4KB"));
        settings.addAll(feed(
                1,
                "split-csv",
                "csv",
                "key=id",
                "comment=#",
                "newlines-in-quotes=false",
                "max-record-bytes=4KB",
                "unique=true",
                "split=1KB"));
        settings.addAll(feed(2, "whole-lines", "lines"));
        settings.addAll(feed(3, "split-lines", "lines", "split=1KB"));
        settings.addAll(feed(4, "newest", "ndjson", "key=id", "overwrite=row", "split=1KB"));
        settings.addAll(feed(5, "share", "ndjson", "split=1KB", "rejects.limit=5%"));
        settings.addAll(feed(6, "count", "ndjson", "split=1KB", "rejects.limit=3"));
        settings.addAll(feed(7, "snap", "ndjson", "key=id", "unique=true", "split=1KB", "mode=snapshot"));
        settings.add("--sluice.rows.index-lag=1s");
        sluice = RunningSluice.start("split", settings.toArray(String[]::new));
    }

    private static List<String> feed(int index, String name, String format, String... settings) {
        var all = new ArrayList<>(List.of("name=" + name, "match.key=" + name + "/*", "format=" + format));
        all.addAll(List.of(settings));
        return all.stream()
                .map(setting -> "--sluice.feeds[%d].%s".formatted(index, setting))
                .toList();
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void partsComeToWhatTheWholeComesTo() {
        var random = new Random(7);
        String header = "# a comment\nid,text\r\n";
        String body = IntStream.range(0, 400)
                .mapToObj(i -> switch (random.nextInt(12)) {
                    case 0 -> "bad " + i + "\n";
                    case 1 -> "\n\r\n";
                    case 2 -> "a%d,%s\n".formatted(i, "x".repeat(random.nextInt(40) == 0 ? LONG_RECORD : 1_500));
                    case 3 -> "a%d,\"é\"\r".formatted(i);
                    default -> "a%d,%s\r\n".formatted(i, "é".repeat(random.nextInt(60)));
                })
                .collect(joining());

        JsonNode whole = read("whole-csv/a.csv", bytes(header + body));
        JsonNode split = read("split-csv/a.csv", bytes(header + body));

        assertThat(split.path("parts").path("count").asInt()).isGreaterThan(20);
        assertThat(split.path("parts").has("done")).isFalse();
        assertThat(whole.has("parts")).isFalse();
        for (String field : List.of("state", "records", "rows", "rejects", "dropped", "bytes", "firstError")) {
            assertThat(split.path(field)).as(field).isEqualTo(whole.path(field));
        }
        assertThat(whole.path("rejects").asInt()).isGreaterThan(20);
        assertThat(rejects(split)).isEqualTo(rejects(whole));
        assertThat(rows("split-csv")).isEqualTo(rows("whole-csv")).isNotEmpty();
        // One row is counted like many.
        String key = rows("split-csv").keySet().iterator().next();
        assertThat(json("/api/feeds/split-csv/rows/" + key).path("source").path("line"))
                .isEqualTo(
                        json("/api/feeds/whole-csv/rows/" + key).path("source").path("line"));
    }

    @Test
    void generatedKeysAreThoseOfTheWhole() {
        String text = IntStream.range(0, 500).mapToObj(i -> "line " + i + "\n").collect(joining());

        read("whole-lines/a", bytes(text));
        read("split-lines/a", bytes(text));

        assertThat(values("split-lines")).isEqualTo(values("whole-lines")).hasSize(500);
    }

    @Test
    void theLastRecordOfAKeyStaysWhicheverPartIsReadLast() {
        String text = IntStream.range(0, 600)
                .mapToObj(i -> "{\"id\":\"k%d\",\"n\":%d}\n".formatted(i % 7, i))
                .collect(joining());

        JsonNode object = read("newest/a", bytes(text));

        assertThat(object.path("parts").path("count").asInt()).isGreaterThan(5);
        assertThat(values("newest"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(593, 600)
                        .mapToObj(i -> "{\"id\":\"k%d\",\"n\":%d}".formatted(i % 7, i))
                        .toList());
    }

    @Test
    void theShareOfRejectsIsThatOfAllParts() {
        String good = IntStream.range(0, 990)
                .mapToObj(i -> "{\"n\":%d}\n".formatted(i))
                .collect(joining());

        JsonNode few = read("share/few", bytes(good + "x\n".repeat(40)));
        JsonNode many = read("share/many", bytes(good + "x\n".repeat(60)));

        assertThat(few.path("state").asString()).as(few.toString()).isEqualTo("done");
        assertThat(few.path("rejects").asInt()).isEqualTo(40);
        assertThat(many.path("state").asString()).isEqualTo("failed");
        assertThat(many.path("reason").asString()).isEqualTo("too-many-rejects");
        assertThat(many.path("message").asString())
                .isEqualTo("60 of 1050 records were rejected, more than the feed allows.");
        assertThat(many.path("rows").asInt()).isEqualTo(990);
    }

    @Test
    void aPartWithTooManyRejectsIsNotReadOn() {
        String good = IntStream.range(0, 200)
                .mapToObj(i -> "{\"n\":%d}\n".formatted(i))
                .collect(joining());

        JsonNode object = read("count/a", bytes(good + "x\n".repeat(300) + good));

        assertThat(object.path("state").asString()).isEqualTo("failed");
        assertThat(object.path("reason").asString()).isEqualTo("too-many-rejects");
        assertThat(object.path("rows").asInt()).isGreaterThan(200);
        assertThat(object.path("firstError").path("line").asInt()).isEqualTo(201);
        assertThat(object.path("rejects").asInt()).isBetween(4, 12);
    }

    @Test
    void aSnapshotRemovesWhatNoPartHolds() {
        read("snap/a", bytes(objects(0, 300)));

        JsonNode object = read("snap/a", bytes(objects(100, 400)));

        assertThat(object.path("removed").asInt()).isEqualTo(100);
        assertThat(values("snap")).hasSize(300);
        assertThat(read("snap/a", bytes(objects(0, 3))).path("removed").asInt()).isEqualTo(300);
        assertThat(values("snap")).hasSize(3);
    }

    @Test
    void aReplayReadsAllPartsAgain() {
        String text =
                IntStream.range(0, 300).mapToObj(i -> "replayed " + i + "\n").collect(joining());
        JsonNode before = read("split-lines/replayed", bytes(text));

        // The notice that came with the upload may still be at it, which is answered 409.
        await().until(() -> sluice.post("/api/objects/" + before.path("id").asString() + "/replay", "")
                        .statusCode()
                == 202);
        await().until(() -> {
            JsonNode now = sluice.object("split-lines/replayed");
            return now.path("state").asString().equals("done")
                    && now.path("attempts").asInt() == 2;
        });

        JsonNode after = sluice.object("split-lines/replayed");
        assertThat(after.path("rows")).isEqualTo(before.path("rows"));
        assertThat(after.path("parts")).isEqualTo(before.path("parts"));
        assertThat(after.path("started")).isNotEqualTo(before.path("started"));
    }

    @Test
    void whatCannotBeSplitIsReadWhole() throws IOException {
        var packed = new ByteArrayOutputStream();
        var random = new Random(1);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes(IntStream.range(0, 1_000)
                    .mapToObj(_ -> Long.toHexString(random.nextLong()) + "\n")
                    .collect(joining())));
        }

        for (JsonNode object : List.of(
                read("split-lines/packed", packed.toByteArray()),
                read("split-lines/small", bytes("x".repeat(1_024))),
                // Its header does not end in the first part.
                read("split-csv/long", bytes("# long\n".repeat(200) + "id,text\nlong,1\n")))) {
            assertThat(object.path("state").asString()).isEqualTo("done");
            assertThat(object.path("rows").asInt()).isPositive();
            assertThat(object.has("parts")).isFalse();
        }
    }

    @Test
    void aPartThatNobodyAskedForIsSuperseded() {
        read("split-lines/asked", bytes("asked\n".repeat(500)));

        for (int part : List.of(-1, 0, 1, 99)) {
            String answer = sluice.post(
                            "/functions/readObjects",
                            "{\"notices\":[{\"bucket\":\"%s\",\"key\":\"split-lines/asked\",\"part\":%d}]}"
                                    .formatted(sluice.resources().bucket(), part))
                    .body();
            assertThat(RunningSluice.JSON
                            .readTree(answer)
                            .path("objects")
                            .path(0)
                            .path("state")
                            .asString())
                    .isEqualTo("superseded");
        }
    }

    private static String objects(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":\"s%d\"}\n".formatted(i))
                .collect(joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode read(String key, byte[] content) {
        sluice.upload(key, content);
        sluice.read(key);
        await(key).until(() -> Set.of("done", "failed")
                .contains(sluice.object(key).path("state").asString("")));
        return sluice.object(key);
    }

    private static JsonNode json(String path) {
        return RunningSluice.JSON.readTree(sluice.get(path).body());
    }

    private static List<JsonNode> rejects(JsonNode object) {
        return sluice.all("/api/objects/" + object.path("id").asString() + "/rejects");
    }

    /** Data, line and offset by key, of the objects that end in {@code a.csv}. */
    private static Map<String, String> rows(String feed) {
        return new TreeMap<>(sluice.all("/api/feeds/" + feed + "/rows?prefix=a").stream()
                .collect(toMap(row -> row.path("key").asString(), row -> "%s %s %s %s"
                        .formatted(
                                row.path("data"),
                                row.path("source").path("line"),
                                row.path("source").path("offset"),
                                row.path("source").has("linesFrom")))));
    }

    private static List<String> values(String feed) {
        return sluice.all("/api/feeds/" + feed + "/rows").stream()
                .filter(row -> row.path("source").path("object").asString().matches(".*/(a|few|many)"))
                .map(row -> row.path("data").toString())
                .toList();
    }
}
