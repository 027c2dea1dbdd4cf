package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.Outgoing.Part;
import dev.sluice.invocation.Invocation;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PackingTests {

    private static final int RECORD = 1 << 16;
    private static final Json DATA = Json.of("{\"a\":1}");

    /** Its store bucket takes nothing. */
    @SuppressWarnings("NullAway.Init")
    private static FeedProcess process;

    @BeforeAll
    @BeforeContainer
    static void start() {
        process = FeedProcess.start(URI.create("http://127.0.0.1:1"), "--sluice.aws.call-timeout=300ms");
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        process.close();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 0000000000000000000000000000000000000007",
        "1234567890123456789012345678901234567890, 1234567890123456789012345678901234567890",
        "12345678901234567890123456789012345678901, 12345678901234567890123456789012345678901"
    })
    void sequencesArePaddedSoThatTheySortAsText(String sequence, String padded) {
        assertThat(ChangeEvent.of(change("k", sequence, DATA), "/sluice", "").sequence())
                .isEqualTo(padded);
    }

    @Test
    void theSubjectIsThePartitionKeyAsLongAsKinesisTakesIt() {
        String key = "é".repeat(256 - "feed/".length());
        assertThat(partitionKey(key)).isEqualTo("feed/" + key);
        assertThat(partitionKey("😀".repeat(125))).isEqualTo("feed/" + "😀".repeat(125));
    }

    @Test
    void aLongerSubjectIsHashed() {
        String key = "x".repeat(252);
        assertThat(partitionKey(key)).matches("[0-9a-f]{64}").isEqualTo(partitionKey(key));
        assertThat(partitionKey(key)).isNotEqualTo(partitionKey(key + "x"));
    }

    @Test
    void thePartitionKeyCounts() {
        Outgoing record = pack(0, change("é", "1", DATA)).getFirst();
        assertThat(record.bytes())
                .isEqualTo(record.data().asByteArray().length + "feed/é".getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "é", "€", "😀", "a€😀é"})
    void thePartitionKeyCountsByItsBytes(String key) {
        assertThat(pack(0, change(key, "1", DATA)).getFirst().keyBytes())
                .isEqualTo(("feed/" + key).getBytes(StandardCharsets.UTF_8).length);
    }

    /** Whatever the changes are: each is in one record, of a key in order, and no record is larger than it may be. */
    @Property(tries = 200)
    void changesOfAKeyShareRecordsUpToTheirSize(@ForAll long seed) {
        var random = new Random(seed);
        int batchBytes = random.nextInt(4) == 0 ? 0 : 400 + random.nextInt(3000);
        Change[] changes = IntStream.rangeClosed(1, random.nextInt(60))
                .mapToObj(n -> Feed.change(n, "k" + random.nextInt(5), text(2 + random.nextInt(1500))))
                .toArray(Change[]::new);
        Map<String, List<Integer>> packed = new LinkedHashMap<>();
        Map<String, Integer> room = new LinkedHashMap<>();
        for (Outgoing record : pack(batchBytes, changes)) {
            int first = record.parts().getFirst().bytes();
            if (record.parts().size() > 1) {
                assertThat(record.bytes()).isLessThanOrEqualTo(batchBytes);
                assertThat((char) record.data().asByteArray()[0]).isEqualTo('[');
            } else {
                assertThat((char) record.data().asByteArray()[0]).isEqualTo('{');
            }
            // It begins a record because it had no room in the one before.
            assertThat(room.getOrDefault(record.partitionKey(), -1)).isLessThan(first);
            int full = record.keyBytes()
                    + 2
                    + record.parts().stream().mapToInt(part -> part.bytes() + 1).sum();
            room.put(record.partitionKey(), batchBytes - full);
            record.parts().forEach(part -> packed.computeIfAbsent(record.partitionKey(), _ -> new ArrayList<>())
                    .add(part.position()));
            assertThat(Feed.events(record.data()))
                    .extracting(event -> event.path("id").stringValue())
                    .isEqualTo(record.parts().stream()
                            .map(part -> part.change().id())
                            .toList());
        }
        Map<String, List<Integer>> history = new LinkedHashMap<>();
        for (int i = 0; i < changes.length; i++) {
            history.computeIfAbsent("feed/" + changes[i].key(), _ -> new ArrayList<>())
                    .add(i);
        }
        assertThat(packed).isEqualTo(history);
    }

    @Test
    void aFullRecordIsNotOverTheLimit() {
        int room = RECORD - pack(0, change("k", "1", DATA)).getFirst().bytes();
        Outgoing full =
                pack(0, change("k", "1", text(room + DATA.utf8().length))).getFirst();
        assertThat(full.bytes()).isEqualTo(RECORD);
        assertThat(Feed.events(full.data()).getFirst().has("data")).isTrue();
    }

    @Test
    void whatCanNeitherBeSentNorKeptHoldsBackItsKeyOnly() {
        List<Outgoing> records = pack(
                RECORD,
                change("a", "1", DATA),
                change("b", "2", DATA),
                change("a", "3", text(RECORD)),
                change("a", "4", DATA),
                change("b", "5", DATA));
        assertThat(records.stream().flatMap(record -> record.parts().stream()).map(Part::position))
                .containsExactlyInAnyOrder(0, 1, 4);
    }

    @Test
    void whatIsTooLargeGoesWithoutItsBeforeIfThatIsEnough() {
        var settings = new ChangeSettings("stream", "/sluice", 500, 1 << 20, RECORD, 0, true);
        var change = new Change("id", Change.Kind.MODIFIED, "feed", "k", Instant.EPOCH, "1", text(RECORD), DATA, false);
        var packing = new Packing(settings, new Claims(process.bean(StoreBucket.class)));
        Outgoing record = packing.pack(List.of(change), new int[] {0}, Invocation.unbounded())
                .getFirst();
        assertThat(Feed.events(record.data()).getFirst().path("omitted").stringValue())
                .isEqualTo("before");
        assertThat(packing.pack(List.of(change("k", "1", text(RECORD))), new int[] {0}, Invocation.unbounded()))
                .isEmpty();
    }

    @Test
    void aChangeInJsonNeedNotSayThatItsRowHasNotExpired() {
        var change = change("k", "1", DATA);
        String json = JsonMapper.shared().writeValueAsString(change);
        assertThat(JsonMapper.shared().readValue(json, Change.class)).isEqualTo(change);
        assertThat(JsonMapper.shared().readValue(json.replace(",\"expired\":false", ""), Change.class))
                .isEqualTo(change);
        assertThat(JsonMapper.shared()
                        .readValue(json.replace("\"expired\":false", "\"expired\":true"), Change.class)
                        .expired())
                .isTrue();
    }

    @Test
    void theCallsTraceIsTold() {
        var invocation = new Invocation("id", Instant.now().plusSeconds(60), "00-a-b-01", "local");
        Outgoing record = packing(0)
                .pack(List.of(change("k", "1", DATA)), new int[] {0}, invocation)
                .getFirst();
        assertThat(Feed.events(record.data()).getFirst().path("traceparent").stringValue())
                .isEqualTo("00-a-b-01", "local");
    }

    @Test
    void onlyAModifiedRowThatSaysTheSameIsNoChange() {
        Json reordered = Json.of("{\"b\":2,\"a\":1}");
        Json ordered = Json.of("{\"a\":1,\"b\":2}");
        assertThat(change(Change.Kind.MODIFIED, ordered, reordered).changesNothing())
                .isTrue();
        assertThat(change(Change.Kind.MODIFIED, DATA, Json.of("{\"a\":2}")).changesNothing())
                .isFalse();
        assertThat(change(Change.Kind.MODIFIED, Json.of("{\"a\":12,\"b\":21}"), Json.of("{\"a\":21,\"b\":12}"))
                        .changesNothing())
                .isFalse();
        assertThat(change(Change.Kind.INSERTED, Json.NULL, Json.NULL).changesNothing())
                .isFalse();
        assertThat(change(Change.Kind.REMOVED, DATA, DATA).changesNothing()).isFalse();
    }

    private static Json text(int length) {
        return Json.of("\"" + "x".repeat(length - 2) + "\"");
    }

    private static String partitionKey(String key) {
        return pack(0, change(key, "1", DATA)).getFirst().partitionKey();
    }

    private static List<Outgoing> pack(int batchBytes, Change... changes) {
        int[] all = IntStream.range(0, changes.length).toArray();
        return packing(batchBytes).pack(List.of(changes), all, Invocation.unbounded());
    }

    private static Packing packing(int batchBytes) {
        var settings = new ChangeSettings("stream", "/sluice", 500, 1 << 20, RECORD, batchBytes, false);
        return new Packing(settings, new Claims(process.bean(StoreBucket.class)));
    }

    private static Change change(String key, String sequence, Json after) {
        return new Change(
                "id-" + sequence, Change.Kind.MODIFIED, "feed", key, Instant.EPOCH, sequence, DATA, after, false);
    }

    private static Change change(Change.Kind kind, Json before, Json after) {
        return new Change("id", kind, "feed", "k", Instant.EPOCH, "1", before, after, false);
    }
}
