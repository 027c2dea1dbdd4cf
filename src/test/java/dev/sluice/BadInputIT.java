package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Every bad input has its named outcome, and what is good around it is read. */
@ExtendWith(OutputCaptureExtension.class)
class BadInputIT {

    /** Stands in every file, and must stand in no log. */
    private static final String PAYLOAD = "s3cret-content";

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "bad-input",
                "--sluice.feeds[0].name=csv",
                "--sluice.feeds[0].match.key=csv/**",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key[0]=id",
                "--sluice.feeds[1].name=lines",
                "--sluice.feeds[1].match.key=lines/**",
                "--sluice.feeds[1].format=ndjson",
                "--sluice.feeds[1].key[0]=id",
                "--sluice.feeds[0].max-record-bytes=4096");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    static Stream<Arguments> badRecords() {
        return Stream.of(
                bad("csv/too-few.csv", "id,text\n1,a\n2\n3,c\n", "field-count", 3, 12, 2),
                bad("csv/too-many.csv", "id,text\n1,a\n2,b,s3cret-content\n3,c\n", "field-count", 3, 12, 2),
                bad("csv/quotes.csv", "id,text\n1,a\n2,\"b\"s3cret-content\n3,c\n", "quotes", 3, 12, 2),
                bad("csv/empty-key.csv", "id,text\n1,a\n,s3cret-content\n3,c\n", "empty-key", 3, 12, 2),
                bad("csv/long-key.csv", "id,text\n1,a\n" + "k".repeat(1025) + ",b\n3,c\n", "key-too-long", 3, 12, 2),
                bad("csv/long.csv", "id,text\n1,a\n2," + "x".repeat(9000) + "\n3,c\n", "record-too-large", 3, 12, 2),
                bad(
                        "lines/not-json.ndjson",
                        "{\"id\":1}\n{\"id\":2,\"a\":s3cret-content\n{\"id\":3}\n",
                        "json",
                        2,
                        9,
                        2),
                bad("lines/no-object.ndjson", "{\"id\":1}\n[\"s3cret-content\"]\n{\"id\":3}\n", "json", 2, 9, 2),
                bad(
                        "lines/no-key.ndjson",
                        "{\"id\":1}\n{\"a\":\"s3cret-content\"}\n{\"id\":3}\n",
                        "missing-key",
                        2,
                        9,
                        2),
                bad("lines/twice.ndjson", "{\"id\":1}\n{\"id\":2,\"id\":3}\n{\"id\":3}\n", "duplicate-column", 2, 9, 2),
                bad("lines/digits.ndjson", "{\"id\":1}\n{\"id\":2,\"n\":1e400}\n{\"id\":3}\n", "number-range", 2, 9, 2),
                bad(
                        "lines/deep.ndjson",
                        "{\"id\":1}\n{\"id\":2,\"a\":" + "[".repeat(40) + "]".repeat(40) + "}\n{\"id\":3}\n",
                        "nesting",
                        2,
                        9,
                        2));
    }

    private static Arguments bad(String key, String content, String reason, int line, int offset, int rows) {
        return Arguments.of(key, content, reason, line, offset, rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRecords")
    void aBadRecordIsRejectedWithItsReasonAndPlace(
            String key, String content, String reason, int line, int offset, int rows, CapturedOutput output) {
        sluice.upload(key, content);

        JsonNode outcome = sluice.read(key);

        assertThat(outcome.path("state").asString()).isEqualTo("done");
        assertThat(outcome.path("rows").asInt()).isEqualTo(rows);
        assertThat(outcome.path("rejects").asInt()).isEqualTo(1);
        JsonNode error = sluice.object(key).path("firstError");
        assertThat(error.path("reason").asString()).isEqualTo(reason);
        assertThat(error.path("line").asInt()).isEqualTo(line);
        assertThat(error.path("offset").asInt()).isEqualTo(offset);
        assertThat(sluice.object(key).toString()).doesNotContain(PAYLOAD);
        assertThat(output.getAll()).doesNotContain(PAYLOAD);
    }

    @Test
    void bytesThatAreNotUtf8AreRejectedAndTheRestIsRead() {
        var content = new ByteArrayOutputStream();
        content.writeBytes("id,text\n1,a\n2,".getBytes(UTF_8));
        content.write(0xff);
        content.writeBytes("\n3,c\n".getBytes(UTF_8));
        sluice.upload("csv/latin.csv", content.toByteArray());

        assertThat(sluice.read("csv/latin.csv").path("rows").asInt()).isEqualTo(2);
        assertThat(sluice.object("csv/latin.csv")
                        .path("firstError")
                        .path("reason")
                        .asString())
                .isEqualTo("encoding");
    }

    static Stream<Arguments> wholeObjects() {
        return Stream.of(
                Arguments.of("csv/empty.csv", "", "done", "empty"),
                Arguments.of("csv/header-only.csv", "id,text\n", "done", "no-records"),
                Arguments.of("csv/no-key-column.csv", "name,text\n1,a\n", "failed", "missing-column"),
                Arguments.of("csv/same-column.csv", "id,id\n1,a\n", "failed", "duplicate-column"),
                Arguments.of("lines/empty.ndjson", "", "done", "empty"),
                Arguments.of("nowhere/a.csv", "id\n1\n", "ignored", "no-feed"),
                Arguments.of("csv/folder/", "", "ignored", "folder"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeObjects")
    void anObjectThatHoldsNoRowsHasANamedOutcome(String key, String content, String state, String reason) {
        sluice.upload(key, content);

        JsonNode outcome = sluice.read(key);

        assertThat(outcome.path("state").asString()).isEqualTo(state);
        assertThat(outcome.path("reason").asString()).isEqualTo(reason);
        assertThat(outcome.path("rows").asInt()).isZero();
    }

    @Test
    void aCompressedFileThatIsCutOffFails() {
        sluice.upload("lines/cut.ndjson.gz", Arrays.copyOf(gzipOf("{\"id\":1}\n".repeat(5000)), 60));

        JsonNode outcome = sluice.read("lines/cut.ndjson.gz");

        assertThat(outcome.path("state").asString()).isEqualTo("failed");
        assertThat(outcome.path("reason").asString()).isEqualTo("bad-compression");
    }

    @Test
    void aMissingObjectIsMissingAndOneThatIsDeletedLaterIsRemoved() {
        assertThat(sluice.read("csv/never.csv").path("state").asString()).isEqualTo("missing");

        sluice.upload("csv/gone.csv", "id\n1\n");
        assertThat(sluice.read("csv/gone.csv").path("state").asString()).isEqualTo("done");
        sluice.cloud().s3Client().deleteObject(delete -> delete.bucket(
                        sluice.resources().bucket())
                .key("csv/gone.csv"));

        assertThat(sluice.read("csv/gone.csv").path("state").asString()).isEqualTo("removed");
        assertThat(sluice.get("/api/feeds/csv/rows/1").statusCode()).isEqualTo(200);
    }

    @Test
    void oneNoticeAmongOthersDoesNotHoldThemUp() {
        sluice.upload("csv/good.csv", "id\n77\n");
        sluice.read("csv/good.csv");
        var notices = RunningSluice.JSON.createObjectNode();
        for (String key : List.of("csv/not-there.csv", "nowhere/x", "csv/good.csv", "csv/good.csv")) {
            notices.withArray("notices")
                    .addObject()
                    .put("bucket", sluice.resources().bucket())
                    .put("key", key);
        }

        JsonNode report = RunningSluice.JSON.readTree(
                sluice.post("/functions/readObjects", notices.toString()).body());

        assertThat(report.path("objects"))
                .extracting(object -> object.path("state").asString())
                .containsExactly("missing", "ignored", "done");
    }

    private static byte[] gzipOf(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
