package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.ChangeEvent;
import dev.sluice.change.LatestView;
import dev.sluice.letter.Letter;
import dev.sluice.letter.Letters;
import dev.sluice.value.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;

/** What fails for good lies whole among the letters, is sent again or discarded, and holds up nothing else. */
class LettersIT {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    /** Two consumers: one keeps the latest data, one does not take rows whose id is in {@link #POISON}. */
    @Configuration(proxyBeanMethods = false)
    public static class Consumers {

        static final Set<String> POISON = ConcurrentHashMap.newKeySet();
        static final List<String> PICKY = new CopyOnWriteArrayList<>();

        @Bean
        LatestView latestView() {
            return new LatestView();
        }

        @Bean
        Consumer<ChangeEvent> picky() {
            return event -> {
                if (POISON.contains(event.key())) {
                    throw new IllegalStateException("secret");
                }
                PICKY.add(event.subject() + " " + event.after().tree().path("n"));
            };
        }
    }

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "letters",
                List.of(Consumers.class),
                "--sluice.consumers=latestView,picky",
                "--sluice.processing.foreign=letter",
                // Less than the pause before a try that comes after one that failed.
                "--sluice.aws.call-timeout=5s");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void aPoisonConsumerHoldsUpNothingAndItsLetterIsSentAgain() {
        Consumers.POISON.add("poison");
        Instant begun = Instant.now();
        sluice.upload("places/poison.ndjson", "{\"id\":\"poison\",\"n\":1}\n{\"id\":\"other\",\"n\":1}\n");

        JsonNode letter = await().until(() -> letter("consumer-failed"), one -> !one.isMissingNode());
        await().until(() -> Consumers.PICKY.contains("places/other 1"));
        var view = sluice.context().getBean(LatestView.class);
        await().until(() -> view.latest().containsKey("places/poison"));
        IO.println("A poison consumer: from the upload to the letter and everything else %d ms"
                .formatted(Duration.between(begun, Instant.now()).toMillis()));

        assertThat(letter.path("origin").asString()).isEqualTo("processChanges/picky");
        assertThat(letter.path("attempts").asInt()).isEqualTo(3);
        assertThat(letter.has("input")).isFalse();
        String path = "/api/letters/" + letter.path("id").asString();
        JsonNode shown = RunningSluice.JSON.readTree(sluice.get(path).body());
        JsonNode event = shown.path("input").path("deliveries").path(0).path("event");
        assertThat(event.path("data").path("after").path("n").asInt()).isEqualTo(1);
        // Not that of the failure: else it would be another letter whenever it fails again.
        assertThat(letter.path("time")).isEqualTo(event.path("time"));

        assertThat(sluice.post(path + "/redrive", "").statusCode()).isEqualTo(202);
        await().until(() -> attempts(path) == 6);

        Consumers.POISON.clear();
        assertThat(sluice.post(path + "/redrive", "").statusCode()).isEqualTo(202);
        assertThat(sluice.post(path + "/redrive", "").statusCode()).isIn(202, 404);
        await().until(() -> sluice.get(path).statusCode() == 404);
        assertThat(Consumers.PICKY).containsOnlyOnce("places/poison 1");
    }

    @Test
    void aPoisonFileHoldsUpNothingAndItsNoticeIsSentAgain() {
        PoisonObject.begin("places/poison-file.ndjson");
        Instant begun = Instant.now();
        sluice.upload("places/poison-file.ndjson", "{\"id\":\"in a poison file\",\"n\":1}\n");
        sluice.upload("places/good-file.ndjson", "{\"id\":\"in a good file\",\"n\":1}\n");

        await().until(() -> Consumers.PICKY.contains("places/in a good file 1"));
        IO.println("A poison file: from the upload to the change of a file behind it %d ms"
                .formatted(Duration.between(begun, Instant.now()).toMillis()));
        JsonNode letter = await().until(LettersIT::poisonFile, one -> !one.isMissingNode());
        assertThat(letter.path("reason").asString()).isEqualTo("tries-exhausted");
        assertThat(letter.path("attempts").asInt()).isEqualTo(3);

        PoisonObject.end();
        String path = "/api/letters/" + letter.path("id").asString();
        assertThat(sluice.post(path + "/redrive", "").statusCode()).isEqualTo(202);
        await().until(() -> Consumers.PICKY.contains("places/in a poison file 1"));
        await().until(() -> sluice.get(path).statusCode() == 404);
    }

    private static JsonNode poisonFile() {
        return sluice.all("/api/letters").stream()
                .filter(letter -> sluice.get("/api/letters/" + letter.path("id").asString())
                        .body()
                        .contains("poison-file"))
                .findFirst()
                .orElse(RunningSluice.JSON.missingNode());
    }

    @Test
    void aLetterBehindItsKeysLastChangeIsDroppedAndThatIsSaid() {
        Consumers.POISON.add("late");
        sluice.upload("places/late.ndjson", "{\"id\":\"late\",\"n\":1}\n");
        await().until(() -> letterOf("places/late"), one -> !one.isMissingNode());
        String id = letterOf("places/late").path("id").asString();
        Consumers.POISON.remove("late");
        sluice.upload("places/late.ndjson", "{\"id\":\"late\",\"n\":2}\n");
        await().until(() -> Consumers.PICKY.contains("places/late 2"));

        String call = "{\"function\":\"redriveLetters\",\"input\":{\"letters\":[\"%s\",\"none\"]}}".formatted(id);
        assertThat(sluice.post("/functions/triggerRouter", call).body())
                .isEqualTo("{\"enqueued\":1,\"unknown\":[\"none\"]}");

        await().until(() -> sluice.get("/api/letters/" + id).statusCode() == 404);
        assertThat(Consumers.PICKY).doesNotContain("places/late 1");
        assertThat(discarded(id).path("because").asString()).startsWith("behind");
    }

    @Test
    void aForeignRecordIsALetterAndIsDiscardedWithAReason() {
        sluice.cloud().kinesisClient().putRecord(put -> put.streamName(sluice.resources().stream())
                .partitionKey("foreign")
                .data(SdkBytes.fromUtf8String("no event")));
        Instant begun = Instant.now();
        sluice.upload("places/behind.ndjson", "{\"id\":\"behind\",\"n\":1}\n");
        JsonNode letter = await().until(() -> letter("foreign-record"), one -> !one.isMissingNode());
        await().until(() -> Consumers.PICKY.contains("places/behind 1"));
        IO.println("A poison record: from the record to the letter and what came behind it %d ms"
                .formatted(Duration.between(begun, Instant.now()).toMillis()));
        String id = letter.path("id").asString();

        assertThat(send("DELETE", "/api/letters/" + id).statusCode()).isEqualTo(400);
        assertThat(send("DELETE", "/api/letters/" + id + "?because=not%20ours").statusCode())
                .isEqualTo(200);

        assertThat(sluice.get("/api/letters/" + id).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/api/letters/" + id + "?because=x").statusCode())
                .isEqualTo(404);
        assertThat(discarded(id).path("because").asString()).isEqualTo("not ours");
        assertThat(discarded(id).path("letter").path("origin").asString()).isEqualTo("processChanges");
    }

    @Test
    void anAsynchronousCallThatFailedIsSentToTheDoorAgain() {
        sluice.upload("places/again.ndjson", "{\"id\":\"again\"}\n");
        fail("async-1", record("requestPayload", notification("places/again.ndjson"), "RetriesExhausted"));
        JsonNode letter = letter("tries-exhausted");
        assertThat(letter.path("origin").asString()).isEqualTo("triggerRouter");
        assertThat(letter.path("attempts").asInt()).isEqualTo(3);
        assertThat(letter.path("time").asString()).isEqualTo("2026-11-22T09:15:30.123Z");

        assertThat(sluice.post("/functions/redriveLetters", "{\"reason\":\"tries-exhausted\"}")
                        .body())
                .isEqualTo("{\"enqueued\":1,\"unknown\":[]}");

        await().until(() -> letter("tries-exhausted").isMissingNode());
        assertThat(sluice.object("places/again.ndjson").path("state").asString())
                .isEqualTo("done");
    }

    @Test
    void aMessageThatItsQueueGaveUpIsALetterWholeAndTheOneOfALetterIsNoneOfItsOwn() {
        fail("message-1", "no \"JSON\"");
        JsonNode letter = letter("message-failed");
        String id = letter.path("id").asString();
        assertThat(RunningSluice.JSON
                        .readTree(sluice.get("/api/letters/" + id).body())
                        .path("input")
                        .path("Records")
                        .path(0)
                        .path("body")
                        .asString())
                .isEqualTo("no \"JSON\"");

        assertThat(letter.path("attempts").asInt()).isEqualTo(4);
        fail("message-1", "no \"JSON\"");
        assertThat(attempts("/api/letters/" + id)).isEqualTo(4);
        for (String message : List.of("message-2", "message-3", "message-2", "message-3")) {
            fail(message, "{\"letter\":\"%s\"}".formatted(id));
        }
        assertThat(attempts("/api/letters/" + id)).isEqualTo(4 + 4 + 4);
        assertThat(sluice.all("/api/letters?reason=message-failed")).hasSize(1);
        assertThat(send("DELETE", "/api/letters/" + id + "?because=read").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatItsBeanAnswersNotToBeDoneIsNotTakenForSent() {
        var bucket = QuietBucket.create(sluice, "letters-quiet");
        bucket.put("places/not-done.ndjson", "{\"id\":\"not done\",\"n\":1}\n");
        fail(
                "message-4",
                notification("places/not-done.ndjson")
                        .replace(sluice.resources().bucket(), bucket.name()));
        String id = letter("message-failed").path("id").asString();
        String again = "{\"letter\":\"%s\"}".formatted(id);

        PoisonObject.begin("places/not-done.ndjson");
        assertThat(reply("again-1", sluice.resources().workQueue(), again))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"again-1\"}]}");
        assertThat(sluice.get("/api/letters/" + id).statusCode()).isEqualTo(200);

        PoisonObject.end();
        assertThat(reply("again-2", sluice.resources().workQueue(), again)).isEqualTo(ALL_DONE);
        assertThat(sluice.get("/api/letters/" + id).statusCode()).isEqualTo(404);
        await().until(() -> Consumers.PICKY.contains("places/not done 1"));
    }

    @Test
    void aBatchOfAStreamThatWasGivenUpIsALetterWholeFromTheBucketAndHonestFromAQueue() {
        String batch =
                "{\"Records\":[{\"eventSource\":\"aws:kinesis\",\"kinesis\":{\"sequenceNumber\":\"1\",\"data\":\"bm9uZQ==\"}}]}";
        String info = record("payload", RunningSluice.JSON.writeValueAsString(batch), "RecordAgeExceeded")
                .replaceFirst("\\{", "{\"KinesisBatchInfo\":{\"shardId\":\"s\",\"startSequenceNumber\":\"1\"},");
        sluice.cloud()
                .s3Client()
                .putObject(
                        put -> put.bucket(sluice.resources().storeBucket()).key("aws/lambda/uuid/s/batch"),
                        RequestBody.fromString(info));
        fail(
                "batch-1",
                notification("aws/lambda/uuid/s/batch")
                        .replace(sluice.resources().bucket(), sluice.resources().storeBucket()));
        fail("batch-2", info.replaceFirst(",\"payload\":.*", "}"));

        JsonNode whole = letter("too-old");
        assertThat(whole.path("origin").asString()).isEqualTo("triggerRouter");
        assertThat(RunningSluice.JSON
                        .readTree(sluice.get("/api/letters/" + whole.path("id").asString())
                                .body())
                        .path("input"))
                .isEqualTo(RunningSluice.JSON.readTree(batch));
        assertThat(letter("not-whole").path("origin").asString()).isEqualTo("stream");
    }

    /** More than redriving looks at in one go. */
    @Test
    void manyLettersOfAReasonAreListedPageByPageAndAllSentAgain() {
        var letters = sluice.context().getBean(Letters.class);
        Instant first = Instant.parse("2026-11-22T09:15:30Z");
        for (int i = 0; i < 102; i++) {
            letters.keep(
                    new Letter(
                            "processChanges",
                            "many-" + i,
                            "many",
                            first.plusSeconds(i),
                            1,
                            Json.of("{\"deliveries\":[]}")),
                    LONGEST);
        }
        JsonNode page = json("/api/letters?reason=many&limit=100");
        JsonNode rest = json("/api/letters?reason=many&limit=100&cursor="
                + page.path("cursor").asString());
        assertThat(page.path("items").path(1).path("time").asString()).isEqualTo("2026-11-22T09:15:31Z");
        assertThat(rest.path("items").findValuesAsString("time"))
                .containsExactly("2026-11-22T09:17:10Z", "2026-11-22T09:17:11Z");

        JsonNode one = redrive("{\"reason\":\"many\",\"limit\":1}");
        assertThat(one.path("enqueued").asInt()).isEqualTo(1);
        JsonNode others = redrive("{\"reason\":\"many\",\"cursor\":\"%s\"}"
                .formatted(one.path("cursor").asString()));
        assertThat(others.toString()).isEqualTo("{\"enqueued\":101,\"unknown\":[]}");

        await().until(() -> letter("many").isMissingNode());
    }

    @Test
    void aNotificationOfMoreThanBatchesIsALetterItself() {
        String batch = notification("aws/lambda/uuid/s/other")
                .replace(sluice.resources().bucket(), sluice.resources().storeBucket());
        sluice.cloud()
                .s3Client()
                .putObject(
                        put -> put.bucket(sluice.resources().storeBucket()).key("aws/lambda/uuid/s/other"),
                        RequestBody.fromString(record("payload", "\"{}\"", "RecordAgeExceeded")
                                .replaceFirst("\\{", "{\"KinesisBatchInfo\":{},")));
        String both = batch.replace("]}", "," + notification("places/x").substring("{\"Records\":[".length()));

        fail("both-1", both);

        JsonNode letter = letter("message-failed");
        assertThat(sluice.get("/api/letters/" + letter.path("id").asString()).body())
                .contains("aws/lambda/uuid/s/other", "places/x");
        assertThat(send("DELETE", "/api/letters/" + letter.path("id").asString() + "?because=read")
                        .statusCode())
                .isEqualTo(200);
    }

    /** S3 sends it to the queue as soon as the store bucket is to tell of batches. */
    @Test
    void theTestMessageOfABucketIsNoLetter() {
        String test =
                "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Time\":\"2026-11-22T09:15:30.123Z\",\"Bucket\":\"%s\"}"
                        .formatted(sluice.resources().storeBucket());

        fail("test-1", test);

        assertThat(sluice.all("/api/letters")).noneMatch(letter -> sluice.get(
                        "/api/letters/" + letter.path("id").asString())
                .body()
                .contains("TestEvent"));
    }

    private static JsonNode json(String path) {
        return RunningSluice.JSON.readTree(sluice.get(path).body());
    }

    private static JsonNode redrive(String request) {
        return RunningSluice.JSON.readTree(
                sluice.post("/functions/redriveLetters", request).body());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/letters/none,404",
        "/api/letters/..%2Fclaims%2Fx,404",
        "/api/letters?reason=A,400",
        "/api/letters?limit=0,400",
        "/api/letters?cursor=Li4vY2xhaW1z,400"
    })
    void whatIsNoLetterIsNotShown(String path, int status) {
        assertThat(sluice.get(path).statusCode()).isEqualTo(status);
    }

    private static JsonNode letter(String reason) {
        return sluice.all("/api/letters?limit=2&reason=" + reason).stream()
                .findFirst()
                .orElse(RunningSluice.JSON.missingNode());
    }

    private static int attempts(String path) {
        return RunningSluice.JSON
                .readTree(sluice.get(path).body())
                .path("attempts")
                .asInt();
    }

    private static JsonNode letterOf(String subject) {
        return sluice.all("/api/letters?reason=consumer-failed").stream()
                .filter(letter -> sluice.get("/api/letters/" + letter.path("id").asString())
                        .body()
                        .contains("\"" + subject + "\""))
                .findFirst()
                .orElse(RunningSluice.JSON.missingNode());
    }

    private static HttpResponse<String> send(String method, String path) {
        return sluice.send(HttpRequest.newBuilder(sluice.at(path)).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private static JsonNode discarded(String id) {
        String bucket = sluice.resources().storeBucket();
        String key = "discarded/" + id.replace('.', '/') + ".json";
        assertThat(sluice.cloud()
                        .s3Client()
                        .listObjectsV2(list -> list.bucket(bucket).prefix("discarded/"))
                        .contents())
                .extracting(S3Object::key)
                .contains(key);
        return RunningSluice.JSON.readTree(sluice.cloud()
                .s3Client()
                .getObjectAsBytes(get -> get.bucket(bucket).key(key))
                .asByteArray());
    }

    /** A message of the queue of what has failed, as Lambda hands it over. */
    private static void fail(String id, String body) {
        assertThat(reply(id, sluice.resources().deadLetterQueue(), body)).isEqualTo(ALL_DONE);
    }

    /** What the door says to a message that was received for the fifth time. */
    private static String reply(String id, String queue, String body) {
        var event = RunningSluice.JSON.createObjectNode();
        var record = event.putArray("Records").addObject();
        record.put("messageId", id)
                .put("body", body)
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:" + queue);
        record.putObject("attributes").put("SentTimestamp", "1795338930456").put("ApproximateReceiveCount", "5");
        return sluice.post("/functions/triggerRouter", event.toString()).body();
    }

    private static String record(String name, String payload, String condition) {
        return """
                {"version":"1.0","timestamp":"2026-11-22T09:15:30.123Z","requestContext":{"requestId":"%s",\
                "functionArn":"arn:aws:lambda:us-east-1:123456789012:function:sluice:$LATEST","condition":"%s",\
                "approximateInvokeCount":3},"responseContext":{"statusCode":200,"executedVersion":"$LATEST",\
                "functionError":"Unhandled"},"%s":%s}""".formatted(HexFormat.of().toHexDigits(payload.hashCode()), condition, name, payload);
    }

    private static String notification(String key) {
        return "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\"%s\"},\"object\":{\"key\":\"%s\"}}}]}"
                .formatted(sluice.resources().bucket(), key);
    }
}
