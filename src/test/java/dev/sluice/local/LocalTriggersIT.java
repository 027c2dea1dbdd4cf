package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.local.ScriptedDoor.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events of all triggers, from the service to the door. What becomes of a notice that fails:
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How Lambda handles errors and
 * retries with asynchronous invocation</a>,
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing records of Lambda
 * asynchronous invocations</a>. What becomes of a message that fails:
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling errors for an SQS event
 * source in Lambda</a>.
 */
class LocalTriggersIT {

    private static final TriggerSettings SETTINGS = TriggerSettings.DEFAULT.quick(100, 10);

    private final LocalCloud cloud = LocalCloud.shared();
    private final LocalResources names =
            LocalResources.create(cloud, "t" + UUID.randomUUID().toString().substring(0, 8));
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private ScriptedDoor door;

    @BeforeEach
    void open() throws IOException {
        door = ScriptedDoor.open(_ -> Reply.OK);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void everyTriggerReachesTheDoorFromAProcessOfItsOwn() {
        try (var triggers = LocalTriggers.startChild(cloud, names, door.uri(), SETTINGS, notes::add)) {
            triggers.awaitPort(Duration.ofMinutes(5));
            cloud.s3Client().putObject(of -> of.bucket(names.bucket()).key("a b.csv"), RequestBody.fromString("x"));
            cloud.dynamoDbClient()
                    .putItem(put -> put.tableName(names.rowsTable()).item(row("1", "é")));
            cloud.dynamoDbClient()
                    .putItem(put -> put.tableName(names.rowsTable()).item(row("1", "ü")));
            cloud.dynamoDbClient()
                    .deleteItem(of -> of.tableName(names.rowsTable()).key(key("1")));
            cloud.kinesisClient()
                    .putRecord(put ->
                            put.streamName(names.stream()).partitionKey("k").data(SdkBytes.fromUtf8String("hello")));
            send("{\"notices\":[]}");

            await().untilAsserted(() -> assertThat(List.of("aws:s3", "aws:dynamodb", "aws:kinesis", "aws:sqs"))
                    .as(() -> notes + triggers.tail())
                    .extracting(source -> records(source).size())
                    .containsExactly(1, 3, 1, 1));
        }

        assertThat(records("aws:s3").getFirst().at("/s3/object/key").asString()).isEqualTo("a+b.csv");
        var changes = records("aws:dynamodb");
        assertThat(changes)
                .extracting(each -> each.path("eventName").asString())
                .containsExactly("INSERT", "MODIFY", "REMOVE");
        assertThat(changes.get(1).at("/dynamodb/OldImage/text/S").asString()).isEqualTo("é");
        assertThat(changes.get(1).at("/dynamodb/NewImage/text/S").asString()).isEqualTo("ü");
        assertThat(changes)
                .allMatch(
                        each -> each.at("/dynamodb/ApproximateCreationDateTime").isIntegralNumber())
                .allMatch(each -> each.at("/dynamodb/StreamViewType").asString().equals("NEW_AND_OLD_IMAGES"))
                .allMatch(each -> each.path("eventSourceARN").asString().contains(names.rowsTable()));
        assertThat(records("aws:kinesis").getFirst().path("eventSourceARN").asString())
                .endsWith(":stream/" + names.stream());
        var message = records("aws:sqs").getFirst();
        assertThat(message.path("body").asString()).isEqualTo("{\"notices\":[]}");
        assertThat(message.path("eventSourceARN").asString()).endsWith(":" + names.workQueue());
        assertThat(message.at("/attributes/ApproximateReceiveCount").asString()).isEqualTo("1");
        assertThat(notes).isEmpty();
    }

    @Test
    void aNoticeThatFailsThreeTimesBecomesADeadLetter() {
        door.follow(event -> isDeadLetter(event) ? Reply.OK : Reply.ERROR);
        try (var triggers = triggers()) {
            triggers.start();
            cloud.s3Client().putObject(of -> of.bucket(names.bucket()).key("poison"), RequestBody.fromString("x"));

            var letter = await().until(this::deadLetters, found -> !found.isEmpty());

            var kept = JsonMapper.shared().readTree(letter.getFirst());
            assertThat(kept.at("/requestPayload/Records/0/s3/object/key").asString())
                    .isEqualTo("poison");
            assertThat(kept.at("/requestContext/condition").asString()).isEqualTo("RetriesExhausted");
            assertThat(kept.at("/requestContext/approximateInvokeCount").asInt())
                    .isEqualTo(3);
            assertThat(kept.at("/responseContext/functionError").asString()).isEqualTo("Unhandled");
            assertThat(kept.at("/responsePayload/errorMessage").asString()).isEqualTo("status 500");
            await().until(() -> waiting(names.noticeQueue()).equals(List.of("0", "0")));
            assertThat(records("aws:s3")).hasSize(3);
        }
    }

    @Test
    void aFunctionThatIsAwayCostsANoticeNoTry() throws IOException {
        var port = door.uri().getPort();
        door.close();
        try (var triggers = triggers()) {
            triggers.start();
            for (var key : List.of("1", "2", "3")) {
                cloud.s3Client().putObject(of -> of.bucket(names.bucket()).key(key), RequestBody.fromString("x"));
            }
            await().until(() -> notes.stream().anyMatch(note -> note.startsWith("nobody answers")));

            door = ScriptedDoor.open(port, _ -> Reply.OK);

            await().until(() -> records("aws:s3").size() == 3);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void messagesComeInBatchesAndOnlyThoseThatTheReplyNamesComeAgain() {
        door.follow(event -> Reply.failures(event.path("Records")
                .valueStream()
                .filter(each -> each.path("body").asString().equals("7") && !isDeadLetter(event))
                .map(each -> each.path("messageId").asString())
                .toArray(String[]::new)));
        IntStream.range(0, 20).forEach(i -> send("" + i));
        try (var triggers = triggers()) {
            triggers.start();

            await().until(this::deadLetters, List.of("7")::equals);
            // What is done is deleted only then, and nobody deletes it once the triggers are closed.
            await().until(() -> waiting().equals(List.of("0", "0")));
        }
        assertThat(workMessages())
                .extracting(each -> each.path("body").asString())
                .hasSize(24)
                .contains("0", "19")
                .filteredOn("7"::equals)
                .hasSize(LocalResources.RECEIVES);
        assertThat(door.events())
                .hasSizeLessThan(20)
                .allMatch(event -> event.path("Records").size() <= 10);
    }

    @Test
    void aBatchOfAStreamThatIsGivenUpIsPutWholeIntoTheBucketOfWhatFailedAndTold() {
        door.follow(event -> isDeadLetter(event) ? Reply.OK : Reply.ERROR);
        cloud.kinesisClient()
                .putRecord(put ->
                        put.streamName(names.stream()).partitionKey("k").data(SdkBytes.fromUtf8String("poison")));
        try (var triggers = new LocalTriggers(
                new LocalTriggers.Plan(cloud.endpoints(), names, door.uri(), SETTINGS.withoutRetries()), notes::add)) {
            triggers.start();

            var letter = await().until(this::deadLetters, found -> !found.isEmpty());

            var notice = JsonMapper.shared().readTree(letter.getFirst()).at("/Records/0/s3");
            assertThat(notice.at("/bucket/name").asString()).isEqualTo(names.storeBucket());
            var key = notice.at("/object/key").asString();
            assertThat(key)
                    .matches(
                            "aws/lambda/[-0-9a-f]{36}/shardId-\\d{12}/\\d{4}/\\d\\d/\\d\\d/[-0-9T.]{19}-[-0-9a-f]{36}");
            var kept = JsonMapper.shared()
                    .readTree(cloud.s3Client()
                            .getObjectAsBytes(
                                    get -> get.bucket(names.storeBucket()).key(key))
                            .asByteArray());
            var payload = JsonMapper.shared().readTree(kept.path("payload").asString());
            assertThat(ScriptedDoor.data(payload)).containsExactly("poison");
        }
    }

    /**
     * <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">Creating and configuring an Amazon
     * SQS event source mapping</a>: hidden for six times the function's timeout.
     */
    @Test
    void aMessageOfTriggersThatWereKilledComesAgainOnceItsTimeIsOver() {
        var timeout = Duration.ofSeconds(2);
        var settings = SETTINGS.with(timeout, SETTINGS.payloadBytes());
        var times = new CopyOnWriteArrayList<Instant>();
        try (var triggers = LocalTriggers.startChild(cloud, names, door.uri(), settings, notes::add)) {
            triggers.awaitPort(Duration.ofMinutes(5));
            var process = ProcessHandle.of(triggers.pid()).orElseThrow();
            // At once: when the timeout is over they would give the message back.
            door.follow(_ -> {
                times.add(Instant.now());
                process.destroyForcibly();
                process.onExit().join();
                return Reply.OK;
            });
            send("1");
            await().until(() -> !triggers.isAlive());
        }
        try (var triggers =
                new LocalTriggers(new LocalTriggers.Plan(cloud.endpoints(), names, door.uri(), settings), notes::add)) {
            triggers.start();
            await().until(() -> times.size() == 2);
        }
        assertThat(Duration.between(times.getFirst(), times.getLast()))
                .isBetween(timeout.multipliedBy(3), timeout.multipliedBy(12));
    }

    @Test
    void aReplyThatIsNoneFailsTheWholeBatch() {
        var replies = new ConcurrentLinkedQueue<>(List.of(new Reply(200, "Done"), Reply.failures("another")));
        door.follow(_ -> Optional.ofNullable(replies.poll()).orElse(Reply.OK));
        send("1");
        try (var triggers = triggers()) {
            triggers.start();

            await().until(() -> waiting().equals(List.of("0", "0")));
        }
        assertThat(workMessages())
                .extracting(
                        each -> each.at("/attributes/ApproximateReceiveCount").asString())
                .containsExactly("1", "2", "3");
        assertThat(deadLetters()).isEmpty();
    }

    private void send(String body) {
        var sqs = cloud.sqsClient();
        var url = sqs.getQueueUrl(of -> of.queueName(names.workQueue())).queueUrl();
        sqs.sendMessage(of -> of.queueUrl(url).messageBody(body));
    }

    /** How many messages of the work queue are visible, and how many are not. */
    private List<String> waiting() {
        return waiting(names.workQueue());
    }

    private List<String> waiting(String queue) {
        var sqs = cloud.sqsClient();
        var url = sqs.getQueueUrl(of -> of.queueName(queue)).queueUrl();
        var counts = sqs.getQueueAttributes(of -> of.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        return List.of(
                counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private LocalTriggers triggers() {
        return new LocalTriggers(new LocalTriggers.Plan(cloud.endpoints(), names, door.uri(), SETTINGS), notes::add);
    }

    private List<JsonNode> records(String source) {
        return door.events().stream()
                .flatMap(event -> event.path("Records").valueStream())
                .filter(each -> each.path("eventSource").asString().equals(source))
                .toList();
    }

    private List<JsonNode> workMessages() {
        return records("aws:sqs").stream()
                .filter(each -> !isOfDeadLetters(each))
                .toList();
    }

    /** What the queue of dead letters has brought to the door. */
    private List<String> deadLetters() {
        return records("aws:sqs").stream()
                .filter(this::isOfDeadLetters)
                .map(each -> each.path("body").asString())
                .toList();
    }

    private boolean isDeadLetter(JsonNode event) {
        return isOfDeadLetters(event.path("Records").path(0));
    }

    private boolean isOfDeadLetters(JsonNode message) {
        return message.path("eventSourceARN").asString("").endsWith(":" + names.deadLetterQueue());
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("pk", AttributeValue.fromS("feed#00"), "sk", AttributeValue.fromS(id));
    }

    private static Map<String, AttributeValue> row(String id, String text) {
        return Map.of(
                "pk", AttributeValue.fromS("feed#00"),
                "sk", AttributeValue.fromS(id),
                "text", AttributeValue.fromS(text));
    }
}
