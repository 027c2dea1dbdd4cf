package dev.sluice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.sluice.row.Row;
import dev.sluice.row.RowKey;
import dev.sluice.value.Value;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;

/** What a feed can say, against real engines: formats, types, captures, a transform, and rejects that are kept. */
class FeedsIT {

    /** A transform that does what it must not. */
    @Configuration(proxyBeanMethods = false)
    static class Strange {

        @Bean
        @SuppressWarnings("NullAway")
        Function<Row, Optional<Row>> strange() {
            return row -> switch (row.key().key()) {
                case "1" -> null;
                case "2" -> Optional.of(new Row(new RowKey("strange", "other"), row.data(), row.source()));
                case "3" -> throw new IllegalStateException("thrown");
                case "5" -> throw new NoClassDefFoundError("lacking");
                case "6" -> {
                    row.data()
                            .put("list", new Value.Items(List.of(new Value.Fields(Map.of("a", new Value.Num(null))))));
                    yield Optional.of(row);
                }
                default -> Optional.of(row);
            };
        }
    }

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "feeds",
                List.of(Strange.class),
                "--sluice.feeds[1].name=array",
                "--sluice.feeds[1].match.key=array/{box}/*",
                "--sluice.feeds[1].format=json",
                "--sluice.feeds[1].key[0]=id",
                "--sluice.feeds[1].types[0].column=a",
                "--sluice.feeds[1].types[0].type=json",
                "--sluice.feeds[1].types[1].column=box",
                "--sluice.feeds[1].types[1].type=json",
                "--sluice.feeds[2].name=tabs",
                "--sluice.feeds[2].match.key=tabs/*",
                "--sluice.feeds[2].format=tsv",
                "--sluice.feeds[2].charset=ISO-8859-1",
                "--sluice.feeds[2].null-token=-",
                "--sluice.feeds[2].columns[0]=id",
                "--sluice.feeds[2].columns[1]=name",
                "--sluice.feeds[2].comment=#",
                "--sluice.feeds[2].key[0]=id",
                "--sluice.feeds[3].name=log",
                "--sluice.feeds[3].match.key=log/{day}/*",
                "--sluice.feeds[3].format=lines",
                "--sluice.feeds[3].max-record-bytes=4096",
                "--sluice.feeds[0].name=strange",
                "--sluice.feeds[0].match.key=strange/*",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key[0]=id",
                "--sluice.feeds[0].transform=strange",
                "--sluice.feeds[4].name=strict",
                "--sluice.feeds[4].match.key=strict/*",
                "--sluice.feeds[4].format=csv",
                "--sluice.feeds[4].key[0]=id",
                "--sluice.feeds[4].rejects.limit=2",
                "--sluice.feeds[4].max-object-bytes=1000");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void aJsonArrayInZstdIsRead() {
        sluice.upload(
                "array/[5]/a.json.zst",
                Zstd.compress("[ {\"id\":1,\"a\":[1,{\"b\":1.1}]},\n {\"id\":2,\"a\":\"5\"} , 3 ]".getBytes(UTF_8)));

        assertThat(sluice.read("array/[5]/a.json.zst").toString()).contains("\"rows\":2,\"rejects\":1");
        assertThat(rejects("array/[5]/a.json.zst")).singleElement().satisfies(reject -> assertThat(
                        reject.path("pointer").asString())
                .isEqualTo("/2"));
        assertThat(sluice.object("array/[5]/a.json.zst")
                        .path("firstError")
                        .path("pointer")
                        .asString())
                .isEqualTo("/2");
        assertThat(sluice.object("array/[5]/a.json.zst").path("firstError").has("offset"))
                .isTrue();
        assertThat(data("array", "1")).isEqualTo("{\"a\":[1,{\"b\":1.1}],\"box\":[5],\"id\":1}");
        // A text of a JSON file is no JSON in a text.
        assertThat(data("array", "2")).isEqualTo("{\"a\":\"5\",\"box\":[5],\"id\":2}");
    }

    @Test
    void tabsColumnsOfTheFeedCommentsNullsAndACharset() {
        sluice.upload("tabs/a.tsv", "# made by hand\n1\tÄrger\n2\t-\nä\tö\tü\n".getBytes(ISO_8859_1));

        assertThat(sluice.read("tabs/a.tsv").path("rows").asInt()).isEqualTo(2);
        assertThat(rejects("tabs/a.tsv")).singleElement().satisfies(reject -> {
            assertThat(reject.path("text").asString()).isEqualTo("ä\tö\tü");
            assertThat(reject.path("bytes").asInt()).isEqualTo(5);
            // The bytes of the text as UTF-8.
            assertThat(reject.path("at").toString()).isEqualTo("{\"from\":6,\"to\":8}");
        });
        assertThat(data("tabs", "1")).isEqualTo("{\"id\":\"1\",\"name\":\"Ärger\"}");
        assertThat(data("tabs", "2")).isEqualTo("{\"id\":\"2\",\"name\":null}");
    }

    @Test
    void linesAreKeyedByTheirPlace() {
        sluice.upload("log/monday/a.log", "first\nsecond\n");

        assertThat(sluice.read("log/monday/a.log").path("rows").asInt()).isEqualTo(2);
        assertThat(sluice.all("/api/feeds/log/rows"))
                .extracting(row -> row.path("data").toString())
                .containsExactly("{\"day\":\"monday\",\"line\":\"first\"}", "{\"day\":\"monday\",\"line\":\"second\"}");
    }

    @Test
    void tooManyRejectsFailTheObjectAndAreKept() {
        sluice.upload("strict/a.csv", "id\n1\n,\n,\n2\n,\n3\n");

        JsonNode outcome = sluice.read("strict/a.csv");

        assertThat(outcome.toString()).contains("\"state\":\"failed\",\"reason\":\"too-many-rejects\"");
        assertThat(outcome.path("rejects").asInt()).isEqualTo(3);
        assertThat(rejects("strict/a.csv")).hasSize(3);
        assertThat(RunningSluice.JSON
                        .readTree(sluice.get("/api/feeds/strict/rows/1").body())
                        .path("source")
                        .path("version"))
                .isEqualTo(sluice.object("strict/a.csv").path("version"));
    }

    @Test
    void aTransformThatBreaksItsPromiseCostsOnlyItsRecord() {
        sluice.upload("strange/a.csv", "id,status\n1,none\n2,other\n3,throw\n4,paid\n5,lack\n6,hide\n");

        assertThat(sluice.read("strange/a.csv").toString()).contains("\"rows\":1,\"rejects\":5,\"dropped\":0");
        assertThat(rejects("strange/a.csv"))
                .extracting(reject -> reject.path("reason").asString())
                .containsOnly("transform-failed");
    }

    @Test
    void rejectsLieInPartsNamedByObjectVersionAndOffset() {
        String key = "strict/again ä.csv";
        sluice.upload(key, "id\n1\n1234567\n,\n");
        assertThat(sluice.read(key).path("rejects").asInt()).isEqualTo(1);
        String part = parts().stream()
                .filter(name -> name.endsWith("0000000000000000013.ndjson"))
                .findFirst()
                .orElseThrow();

        assertThat(part).matches("rejects/[0-9a-f]{32}/[0-9a-f]{32}/[0-9]{19}[.]ndjson");
        assertThat(sluice.cloud()
                        .s3Client()
                        .headObject(head ->
                                head.bucket(sluice.resources().storeBucket()).key(part))
                        .metadata())
                .containsAllEntriesOf(Map.of(
                        "bucket",
                        sluice.resources().bucket(),
                        "key",
                        "strict/again+%C3%A4.csv",
                        "version",
                        sluice.object(key).path("version").asString()));
        assertThat(sluice.get("/api/objects/" + sluice.object(key).path("id").asString() + "/rejects?cursor=YWJj")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void readingAVersionAgainLeavesNoRejectOfTheFirstRead() {
        String key = "strict/twice.csv";
        sluice.upload(key, "id\n1\n,\n");
        sluice.read(key);
        String id = sluice.object(key).path("id").asString();
        parts().stream()
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .distinct()
                .forEach(folder -> sluice.cloud()
                        .s3Client()
                        .putObject(
                                put -> put.bucket(sluice.resources().storeBucket())
                                        .key(folder + "0000000000000000999.ndjson"),
                                RequestBody.fromString("""
                                        {"line":9,"offset":999,"reason":"json","column":"","message":"","text":"","cut":false}
                                        """)));
        assertThat(rejects(key)).hasSize(2);
        sluice.cloud().dynamoDbClient().deleteItem(delete -> delete.tableName(
                        sluice.resources().ledgerTable())
                .key(Map.of("id", AttributeValue.fromS(id))));

        assertThat(sluice.read(key).path("rejects").asInt()).isEqualTo(1);

        assertThat(rejects(key)).hasSize(1);
    }

    private static List<String> parts() {
        return sluice
                .cloud()
                .s3Client()
                .listObjectsV2(
                        list -> list.bucket(sluice.resources().storeBucket()).prefix("rejects/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void anObjectOverTheFeedsLimitIsNotRead() {
        sluice.upload("strict/large.csv", "id\n" + "1\n".repeat(600));

        assertThat(sluice.read("strict/large.csv").toString())
                .contains("\"state\":\"failed\",\"reason\":\"object-too-large\"");
    }

    @Test
    void rejectsAreKeptWholeAndListedPageByPage() {
        sluice.upload("log/monday/many.log", bytes(700));
        assertThat(sluice.read("log/monday/many.log").path("rejects").asInt()).isEqualTo(700);
        List<JsonNode> rejects = rejects("log/monday/many.log");
        assertThat(rejects).hasSize(700);
        assertThat(rejects)
                .extracting(reject -> reject.path("line").asInt())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(Base64.getDecoder().decode(rejects.getFirst().path("base64").asString()))
                .hasSize(4000)
                .containsOnly(0xff);
    }

    @Test
    void aTextThatIsCutInsideACharacterIsStillAText() {
        sluice.upload("log/monday/long.log", "a" + "é".repeat(3000) + "\n");

        assertThat(sluice.read("log/monday/long.log").path("rejects").asInt()).isEqualTo(1);

        assertThat(rejects("log/monday/long.log")).singleElement().satisfies(reject -> {
            assertThat(reject.path("text").asString()).isEqualTo("a" + "é".repeat(2047));
            assertThat(reject.path("cut").asBoolean()).isTrue();
        });
    }

    /** Lines that are no UTF-8. */
    private static byte[] bytes(int lines) {
        byte[] bytes = new byte[lines * 4001];
        Arrays.fill(bytes, (byte) 0xff);
        for (int i = 1; i <= lines; i++) {
            bytes[i * 4001 - 1] = '\n';
        }
        return bytes;
    }

    private static String data(String feed, String key) {
        return RunningSluice.JSON
                .readTree(sluice.get("/api/feeds/" + feed + "/rows/" + key).body())
                .path("data")
                .toString();
    }

    private static List<JsonNode> rejects(String key) {
        return sluice.all("/api/objects/" + sluice.object(key).path("id").asString() + "/rejects?limit=200");
    }
}
