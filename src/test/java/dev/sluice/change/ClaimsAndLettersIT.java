package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.letter.Letter;
import dev.sluice.letter.Letters;
import dev.sluice.local.KinesisFault;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalKinesis;
import dev.sluice.serverless.BeanAtWork;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What does not fit into a record, and what Kinesis never takes, on an S3 and a stream that takes less than the settings say. */
class ClaimsAndLettersIT {

    private static final BatchReply ALL_DONE = new BatchReply(List.of());

    /** As text it takes more than the settings allow for a record. */
    private static final Json OVER_LIMIT = text(70_000);

    /** It takes less, but more than the stream does. */
    private static final Json OVER_STREAM = text(5_000);

    @SuppressWarnings("NullAway.Init")
    private static LocalCloud cloud;

    @SuppressWarnings("NullAway.Init")
    private static LocalKinesis kinesis;

    @SuppressWarnings("NullAway.Init")
    private static FeedProcess process;

    private Feed feed;

    @BeforeAll
    static void start() throws IOException {
        cloud = LocalCloud.shared();
        FeedProcess.createStore(cloud.s3Client());
        kinesis = LocalKinesis.start(SendingTests.smallRecords());
        process = FeedProcess.start(
                kinesis.endpoint(),
                cloud.s3(),
                "--sluice.changes.record-bytes=65536",
                "--sluice.changes.batch-bytes=65536");
    }

    @AfterAll
    static void stop() {
        process.close();
        kinesis.close();
    }

    @BeforeEach
    void create() {
        feed = Feed.create(kinesis.endpoint(), 2);
    }

    @AfterEach
    void clean() {
        feed.kinesis().deleteStream(delete -> delete.streamName(feed.stream()));
        feed.close();
        objects("").forEach(object -> cloud.s3Client()
                .deleteObject(delete -> delete.bucket(FeedProcess.STORE).key(object)));
    }

    @Test
    void anEventThatFitsIntoNoRecordIsSentAsAReferenceAndComesWholeToTheConsumers() throws Exception {
        List<Change> changes =
                List.of(Feed.change(1, "a"), Feed.change(2, "a", OVER_LIMIT), Feed.change(3, "a"), Feed.change(4, "b"));

        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);
        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);

        assertThat(objects("claims/"))
                .singleElement()
                .asString()
                .matches("claims/2027-01-15/0{39}2-[0-9a-f]{16}\\.json");
        assertThat(feed.events())
                .filteredOn(event -> event.has("dataref"))
                .hasSize(2)
                .allSatisfy(event -> {
                    assertThat(event.path("dataref").stringValue())
                            .isEqualTo("s3://" + FeedProcess.STORE + "/"
                                    + objects("claims/").getFirst());
                    assertThat(event.has("data")).isFalse();
                });
        assertThat(Feed.seen(feed.events())).isEqualTo(Feed.history(changes));
        List<ChangeEvent> consumed = new ArrayList<>();
        assertThat(consumer(consumed).apply(deliveries())).isEqualTo(ALL_DONE);
        assertThat(consumed.stream().filter(event -> event.key().equals("a")).map(ChangeEvent::after))
                .startsWith(changes.get(0).after(), OVER_LIMIT, changes.get(2).after());
    }

    @Test
    void anEventWhoseDataHasExpiredIsADeadLetterAndItsSuccessorsGoOn() throws Exception {
        process.forward(List.of(Feed.change(1, "a", OVER_LIMIT), Feed.change(2, "a")));
        cloud.s3Client().deleteObject(delete -> delete.bucket(FeedProcess.STORE)
                .key(objects("claims/").getFirst()));
        List<ChangeEvent> consumed = new ArrayList<>();

        assertThat(consumer(consumed).apply(deliveries())).isEqualTo(ALL_DONE);

        assertThat(consumed).extracting(ChangeEvent::id).containsExactly("id-2");
        JsonNode letter = letter("letters/claim-gone/");
        assertThat(letter.path("origin").stringValue()).isEqualTo("processChanges/consumed");
        JsonNode event = letter.path("input").path("deliveries").path(0).path("event");
        assertThat(event.path("id").stringValue()).isEqualTo("id-1");
    }

    @ParameterizedTest
    @CsvSource({"-1000000000-01-01T00:00:00Z,00000101T000000Z", "+10000-01-01T00:00:00Z,99991231T235959Z"})
    void aLetterIsKeptWhateverTimeItsEventNames(Instant time, String name) {
        var letter = new Letter("processChanges", "1", "foreign-record", time, 1, Json.of("{}"));

        process.bean(Letters.class).keep(letter, Duration.ofSeconds(10));

        assertThat(objects("letters/foreign-record/").getFirst()).startsWith("letters/foreign-record/" + name + "-");
        assertThat(letter("letters/foreign-record/").path("time").stringValue()).isEqualTo(time.toString());
    }

    @Test
    void aRecordThatKinesisNeverTakesIsADeadLetterAndItsSuccessorsGoOn() throws Exception {
        List<Change> changes = IntStream.rangeClosed(1, 400)
                .mapToObj(n ->
                        n == 77 || n == 300 ? Feed.change(n, "k" + n % 50, OVER_STREAM) : Feed.change(n, "k" + n % 50))
                .toList();

        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);

        assertThat(Feed.seen(feed.events()))
                .isEqualTo(Feed.history(changes.stream()
                        .filter(change -> !change.after().equals(OVER_STREAM))
                        .toList()));
        assertThat(feed.events()).hasSize(398);
        List<String> letters = objects("letters/");
        assertThat(letters)
                .hasSize(2)
                .allMatch(key -> key.matches("letters/refused-by-kinesis/20270115T08[0-9]{4}Z-[0-9a-f]{32}\\.json"));
    }

    @Test
    void aLetterTakesTheChangesPlaceWholeAndCountsItsAttempts() throws Exception {
        var change = Feed.change(7, "k", OVER_STREAM);
        process.forward(List.of(change));
        JsonNode first = letter("letters/");
        process.forward(List.of(change));
        JsonNode again = letter("letters/");

        assertThat(first.path("attempts").intValue()).isEqualTo(1);
        assertThat(again.path("attempts").intValue()).isEqualTo(2);
        assertThat(again.path("first")).isEqualTo(first.path("first"));
        assertThat(again.path("last")).isNotEqualTo(first.path("last"));
        assertThat(again.path("reason").stringValue()).isEqualTo("refused-by-kinesis");
        assertThat(again.path("origin").stringValue()).isEqualTo("forwardChanges");
        assertThat(again.path("id").stringValue()).isEqualTo("id-7");
        assertThat(JsonMapper.shared().treeToValue(again.path("input"), ChangeBatch.class))
                .isEqualTo(new ChangeBatch(List.of(change)));
    }

    @Test
    void noTransientErrorBecomesADeadLetter() throws Exception {
        for (String error : List.of("InternalFailure", "ExpiredTokenException", "ResourceInUseException")) {
            kinesis.faults().add(KinesisFault.failRequests("PutRecords", error).times(6));
        }
        kinesis.faults().add(KinesisFault.failRecords().withProbability(0.3, 1));
        kinesis.faults().add(KinesisFault.throttleRecords().withProbability(0.3, 2));

        assertThat(process.forward(List.of(Feed.change(1, "a"), Feed.change(2, "b"), Feed.change(3, "c"))))
                .isEqualTo(ALL_DONE);

        kinesis.faults().clear();
        assertThat(objects("")).isEmpty();
    }

    private static Function<ChangeEventBatch, BatchReply> consumer(List<ChangeEvent> consumed) {
        return BeanAtWork.as(
                "processChanges",
                new ProcessChanges(
                        Map.of("consumed", consumed::add),
                        new Claims(process.bean(StoreBucket.class)),
                        process.bean(Letters.class),
                        process.bean(ProcessingSettings.class)));
    }

    private ChangeEventBatch deliveries() {
        return new ChangeEventBatch(feed.records().stream()
                .map(record -> new Delivery(
                        record.sequenceNumber(), Json.of(record.data().asByteArray())))
                .toList());
    }

    private static List<String> objects(String prefix) {
        return cloud
                .s3Client()
                .listObjectsV2(list -> list.bucket(FeedProcess.STORE).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static JsonNode letter(String prefix) {
        List<String> keys = objects(prefix);
        assertThat(keys).hasSize(1);
        return Stream.of(keys.getFirst())
                .map(key -> cloud.s3Client()
                        .getObjectAsBytes(get -> get.bucket(FeedProcess.STORE).key(key)))
                .map(object -> JsonMapper.shared().readTree(object.asByteArray()))
                .toList()
                .getFirst();
    }

    private static Json text(int length) {
        return Json.of("\"" + "x".repeat(length) + "\"");
    }
}
