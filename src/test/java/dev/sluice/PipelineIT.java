package dev.sluice;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real files through the whole pipeline: S3, notices, rows, the rows table's stream, Kinesis. */
class PipelineIT {

    private static final Path COUNTRIES = Path.of("samples", "countries", "country-codes.csv");
    private static final Path SUBDIVISIONS = Path.of("samples", "subdivisions", "subdivision-codes.csv");
    private static final Path PLACES = Path.of("samples", "places", "a-m.ndjson");
    /** Enough rows that every partition of a feed gets some. */
    private static final int MARKERS = 100;

    private static final String MARKER = "marker";

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start("pipeline");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void aFileBecomesItsRowsAndOneEventAChangeInOrder() throws IOException {
        sluice.upload("subdivisions/subdivision-codes.csv", Files.readAllBytes(SUBDIVISIONS));
        Map<String, Map<String, String>> lastOfEachKey = expected(SUBDIVISIONS, "SUCountry", "SUCode");
        assertThat(lastOfEachKey).hasSize(4_672);

        JsonNode object = awaitDone("subdivisions/subdivision-codes.csv");

        assertThat(object.path("records").asInt()).isEqualTo(4_678);
        assertThat(object.path("rows").asInt()).isEqualTo(4_678);
        assertThat(object.path("rejects").asInt()).isZero();
        assertThat(rows("subdivisions")).isEqualTo(lastOfEachKey);

        await().until(() -> events("subdivisions").size() >= lastOfEachKey.size());
        awaitMarkers("first");
        List<JsonNode> events = events("subdivisions");
        assertThat(events).hasSameSizeAs(lastOfEachKey.keySet());
        assertInOrderPerKey(events, lastOfEachKey);

        uploadAgain("subdivisions/subdivision-codes.csv", Files.readAllBytes(SUBDIVISIONS));
        assertThat(rows("subdivisions")).isEqualTo(lastOfEachKey);
        assertThat(events("subdivisions")).isEqualTo(events);
    }

    @Test
    void aRowReadBackEqualsTheFileFieldForField() throws IOException {
        sluice.upload("countries/country-codes.csv", Files.readAllBytes(COUNTRIES));

        awaitDone("countries/country-codes.csv");

        Map<String, Map<String, String>> expected = expected(COUNTRIES, "ISO3166-1-Alpha-3");
        assertThat(expected).hasSize(249).allSatisfy((_, row) -> assertThat(row).hasSize(56));
        assertThat(rows("countries")).isEqualTo(expected);
        await().until(() -> events("countries/").stream()
                        .filter(event -> !event.path("subject").asString().startsWith("countries/XX"))
                        .count()
                >= expected.size());
        JsonNode one = RunningSluice.JSON.readTree(
                sluice.get("/api/feeds/countries/rows/CHN").body());
        assertThat(one.path("data").path("official_name_cn").asString()).isEqualTo("中国");
        assertThat(one.path("source").path("object").asString())
                .isEqualTo(sluice.resources().bucket() + "/countries/country-codes.csv");
    }

    @Test
    void jsonLinesKeepTheirTypesPlainAndCompressed() throws IOException {
        byte[] plain = Files.readAllBytes(PLACES);
        sluice.upload("places/plain.ndjson", plain);
        awaitDone("places/plain.ndjson");
        Map<String, JsonNode> rows = places();

        assertThat(rows).hasSize(159);
        assertThat(rows.get("AF"))
                .isEqualTo(
                        RunningSluice.JSON.readTree(Files.readAllLines(PLACES).getFirst()));

        sluice.upload("places/compressed.ndjson.gz", gzip(plain));
        JsonNode object = awaitDone("places/compressed.ndjson.gz");

        assertThat(object.path("rows").asInt()).isEqualTo(159);
        assertThat(places()).isEqualTo(rows);
    }

    @Test
    void aRepeatedNoticeChangesNothing() {
        String key = "countries/again.csv";
        byte[] content = "ISO3166-1-Alpha-3,name\nXXA,first\nXXB,second\n".getBytes(StandardCharsets.UTF_8);
        sluice.upload(key, content);
        JsonNode first = awaitDone(key);
        awaitMarkers("before");
        int events = events("countries/XXA").size();
        assertThat(events).isEqualTo(1);

        assertThat(sluice.read(key).path("state").asString()).isEqualTo("done");
        assertThat(sluice.object(key)).isEqualTo(first);

        awaitMarkers("after");
        assertThat(events("countries/XXA")).hasSize(events);
    }

    /** Returns when every event that it could have caused is there. */
    private static void uploadAgain(String key, byte[] content) {
        String version = sluice.object(key).path("version").asString();
        sluice.upload(key, content);
        await().until(() -> !sluice.object(key).path("version").asString().equals(version)
                && sluice.object(key).path("state").asString().equals("done"));
        awaitMarkers("again");
    }

    /** Rows written after something else: once their events are there, those of the earlier changes are too. */
    private static void awaitMarkers(String name) {
        var content = new StringBuilder();
        for (int i = 0; i < MARKERS; i++) {
            content.append("{\"id\":\"%s-%s-%d\"}%n".formatted(MARKER, name, i));
        }
        sluice.upload("places/" + name + ".ndjson", content.toString());
        await().until(() -> events("places/" + MARKER + "-" + name).size() == MARKERS);
    }

    private static JsonNode awaitDone(String key) {
        await().until(() -> sluice.object(key).path("state").asString("").equals("done"));
        return sluice.object(key);
    }

    private static List<JsonNode> events(String subject) {
        return sluice.events().stream()
                .filter(event -> event.path("subject").asString().startsWith(subject))
                .toList();
    }

    private static void assertInOrderPerKey(List<JsonNode> events, Map<String, Map<String, String>> last) {
        Map<String, List<JsonNode>> byKey = events.stream()
                .collect(groupingBy(event -> event.path("data").path("key").asString()));
        assertThat(byKey.keySet()).isEqualTo(last.keySet());
        byKey.forEach((key, ofKey) -> {
            assertThat(ofKey)
                    .extracting(event -> event.path("sequence").asString())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(ofKey.getFirst().path("type").asString()).isEqualTo("dev.sluice.row.inserted");
            for (int i = 1; i < ofKey.size(); i++) {
                assertThat(ofKey.get(i).path("data").path("before"))
                        .isEqualTo(ofKey.get(i - 1).path("data").path("after"));
            }
            assertThat(fields(ofKey.getLast().path("data").path("after"))).isEqualTo(last.get(key));
        });
    }

    private static Map<String, Map<String, String>> rows(String feed) {
        return sluice.all("/api/feeds/" + feed + "/rows?limit=200").stream()
                .filter(row -> row.path("source").path("object").asString().contains("-codes.csv"))
                .collect(toMap(row -> row.path("key").asString(), row -> fields(row.path("data"))));
    }

    private static Map<String, JsonNode> places() {
        return sluice.all("/api/feeds/places/rows?limit=200").stream()
                .filter(row -> !row.path("key").asString().startsWith(MARKER))
                .collect(toMap(row -> row.path("key").asString(), row -> row.path("data")));
    }

    private static Map<String, String> fields(JsonNode data) {
        var fields = new TreeMap<String, String>();
        data.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
        return fields;
    }

    private static Map<String, Map<String, String>> expected(Path file, String... key) throws IOException {
        var rows = new LinkedHashMap<String, Map<String, String>>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
            records.forEach(record -> rows.put(key(record, key), new TreeMap<>(record.getFieldsAsMap())));
        }
        return rows;
    }

    private static String key(NamedCsvRecord record, String... columns) {
        var parts = new ArrayList<String>();
        for (String column : columns) {
            parts.add(record.getField(column));
        }
        return String.join("|", parts);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
