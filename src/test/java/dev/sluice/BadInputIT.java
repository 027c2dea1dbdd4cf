package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
                "--sluice.feeds[0].max-record-bytes=4096",
                "--sluice.feeds[2].name=typed-csv",
                "--sluice.feeds[2].match.key=typed-csv/**",
                "--sluice.feeds[2].format=csv",
                "--sluice.feeds[2].null-token=NULL",
                "--sluice.feeds[2].key[0]=id",
                "--sluice.feeds[2].key[1]=part",
                "--sluice.feeds[2].types[0].column=n",
                "--sluice.feeds[2].types[0].type=number",
                "--sluice.feeds[2].types[1].column=j",
                "--sluice.feeds[2].types[1].type=json",
                "--sluice.feeds[2].overwrite=row",
                "--sluice.feeds[2].newest-by=j",
                "--sluice.feeds[3].name=typed-lines",
                "--sluice.feeds[3].match.key=typed-lines/**",
                "--sluice.feeds[3].format=ndjson",
                "--sluice.feeds[3].key[0]=id",
                "--sluice.feeds[3].types[0].column=n",
                "--sluice.feeds[3].types[0].type=number",
                "--sluice.feeds[3].overwrite=row",
                "--sluice.feeds[3].newest-by=n");
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

    static Stream<Arguments> faults() {
        String long1 = "k".repeat(600);
        String long2 = "k".repeat(601);
        return Stream.of(
                fault("csv", "1,1,⟦many⟧,0", "bad-type"),
                fault("csv", "1,⟦⟧,1,0", "empty-key"),
                fault("csv", "⟦NULL⟧,1,1,0", "missing-key"),
                fault("csv", long1 + ",⟦" + long2 + "⟧,1,0", "key-too-long"),
                fault("csv", "1,1,⟦1e999⟧,0", "number-range"),
                fault("csv", "1,1,1,⟦\"" + "[".repeat(40) + "]".repeat(40) + "\"⟧", "nesting"),
                fault("csv", "1,1,1,⟦[]⟧", "missing-newest-by"),
                fault("csv", "1,1,1,⟦\"\"\"" + "x".repeat(420_000) + "\"\"\"⟧", "item-too-large"),
                fault("csv", "⟦1,1⟧", "field-count"),
                fault("csv", "1,1,1,0,⟦too,many⟧", "field-count"),
                fault("csv", "1,\"1\"⟦1⟧,1,0", "quotes"),
                fault("csv", "1,⟦\udc00⟧,1,0", "encoding"),
                fault("lines", "{\"id\":1,\"n\":⟦\"many\"⟧}", "bad-type"),
                fault("lines", "{\"id\":⟦\"\"⟧,\"n\":1}", "empty-key"),
                fault("lines", "{\"id\":⟦null⟧,\"n\":1}", "missing-key"),
                fault("lines", "{\"id\":⟦\"" + long1 + long2 + "\"⟧,\"n\":1}", "key-too-long"),
                fault("lines", "{\"id\":1,\"n\":⟦1e400⟧}", "number-range"),
                fault("lines", "{\"id\":1,\"n\":1,\"d\":⟦" + "[".repeat(40) + "]".repeat(40) + "⟧}", "nesting"),
                fault("lines", "{\"id\":1,\"n\":⟦null⟧}", "missing-newest-by"),
                fault("lines", "{\"id\":1,\"n\":1,\"t\":⟦\"" + "x".repeat(420_000) + "\"⟧}", "item-too-large"),
                fault("lines", "{\"id\":1,\"n\":1,\"id\":⟦2⟧}", "duplicate-column"),
                fault("lines", "{\"id\":1,\"n\":1,⟦\"\":0⟧}", "column-name"),
                fault("lines", "{\"id\":1,\"n\":⟦one⟧}", "json"),
                fault("lines", "{\"id\":\"⟦\udc00⟧\",\"n\":1}", "encoding"),
                fault("lines", "{\"id\":1,\"n\":1,\"t\":⟦\"\\ud800\"⟧}", "encoding"));
    }

    private static Arguments fault(String format, String record, String reason) {
        return Arguments.of(format, reason, record);
    }

    /** Half of a surrogate pair stands for a byte that is no text. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void aRejectSaysWhichOfItsBytesAreAtFault(String format, String reason, String marked) {
        byte[] before = bytes(marked.substring(0, marked.indexOf('⟦')));
        byte[] atFault = bytes(marked.substring(marked.indexOf('⟦') + 1, marked.indexOf('⟧')));
        var content = new ByteArrayOutputStream();
        content.writeBytes(bytes(format.equals("csv") ? "id,part,n,j\n" : ""));
        content.writeBytes(bytes(marked.replaceAll("[⟦⟧]", "") + "\n"));
        String key = "typed-%s/%s-%d".formatted(format, reason, marked.hashCode());
        sluice.upload(key, content.toByteArray());
        sluice.read(key);

        JsonNode reject = sluice.all(
                        "/api/objects/" + sluice.object(key).path("id").asString() + "/rejects")
                .getFirst();
        assertThat(reject.path("reason").asString()).isEqualTo(reason);
        assertThat(reject.path("at").path("from").asInt(-1)).isEqualTo(before.length);
        assertThat(reject.path("at").path("to").asInt(-1))
                .isEqualTo(Math.min(before.length + atFault.length, 128 * 1024));
    }

    private static byte[] bytes(String text) {
        return text.replace('\udc00', '\u00ff').getBytes(StandardCharsets.ISO_8859_1);
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
        // Else the reader of the upload's own notice may have the object just then.
        var bucket = QuietBucket.create(sluice, "broken-quiet");
        bucket.read("csv/good.csv", "id\n77\n");
        var notices = RunningSluice.JSON.createObjectNode();
        for (String key : List.of("csv/not-there.csv", "nowhere/x", "csv/good.csv", "csv/good.csv")) {
            notices.withArray("notices")
                    .addObject()
                    .put("bucket", bucket.name())
                    .put("key", key);
        }

        JsonNode report = RunningSluice.JSON.readTree(
                sluice.post("/functions/readObjects", notices.toString()).body());

        assertThat(report.path("objects"))
                .extracting(object -> object.path("state").asString())
                .containsExactly("missing", "ignored", "done", "done");
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
