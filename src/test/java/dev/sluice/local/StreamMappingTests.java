package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.local.ScriptedDoor.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The rules of <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html">Lambda's event source
 * mappings of streams</a>, each against a stream of its own.
 */
class StreamMappingTests {

    private static final String STREAM = "changes";
    private static final String SHARD = "shardId-000000000000";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private TriggerSettings settings = TriggerSettings.DEFAULT.quick(3, 1);
    private StreamRules rules = settings.changes().withReplies(false, true);
    private Consumer<String> destination = failures::add;
    private Patience patience = new Patience(settings);
    private LocalKinesis server;
    private LocalClients clients;
    private KinesisClient kinesis;
    private ScriptedDoor door;

    @BeforeEach
    void start() throws IOException {
        server = LocalKinesis.start(KinesisLimits.DOCUMENTED.withoutRate());
        var nowhere = URI.create("http://127.0.0.1:1");
        clients = new LocalClients(new LocalEndpoints(nowhere, nowhere, server.endpoint(), nowhere));
        kinesis = clients.kinesis();
        kinesis.createStream(stream -> stream.streamName(STREAM).shardCount(1));
        door = ScriptedDoor.open(_ -> Reply.OK);
    }

    @AfterEach
    void stop() {
        patience.close();
        threads.shutdownNow();
        threads.close();
        door.close();
        clients.close();
        server.close();
    }

    @Test
    void batchesHoldNoMoreRecordsThanTheirSize() {
        put("1", "2", "3", "4", "5", "6", "7");
        map();

        await().until(() -> door.events().size() == 3);
        assertThat(door.data()).containsExactly(List.of("1", "2", "3"), List.of("4", "5", "6"), List.of("7"));
    }

    @Test
    void batchesHoldNoMoreThanThePayload() {
        settings = TriggerSettings.DEFAULT.quick(100, 1).with(settings.timeout(), 2_500);
        rules = rules.withBatchSize(100);
        put("a".repeat(100), "b".repeat(100), "c".repeat(100), "d".repeat(100), "e".repeat(3_000), "f");
        map();

        await().until(() -> door.data().stream().mapToInt(List::size).sum() == 6);
        // A record that is alone too large is tried alone, and not split.
        assertThat(door.bodies())
                .filteredOn(body -> body.length() > 2_500)
                .singleElement()
                .satisfies(body -> assertThat(body).contains("\"data\":\"ZWVl"));
        assertThat(door.events().size()).isLessThan(6);
    }

    @Test
    void theLowestFailureIsTheNewCheckpoint() {
        var calls = new AtomicInteger();
        door.follow(event -> {
            var sequences = ScriptedDoor.sequences(event);
            return calls.getAndIncrement() == 0 ? Reply.failures(sequences.get(2), sequences.get(1)) : Reply.OK;
        });
        put("1", "2", "3", "4");
        map();

        await().until(() -> door.data().contains(List.of("4")));
        assertThat(door.data()).containsExactly(List.of("1", "2", "3"), List.of("2", "3"), List.of("4"));
    }

    @Test
    void anErrorRepeatsTheSameBatchUntilItSucceeds() {
        var calls = new AtomicInteger();
        door.follow(_ -> calls.getAndIncrement() < 3 ? Reply.ERROR : Reply.OK);
        put("1", "2", "3", "4");
        map();

        await().until(() -> door.data().contains(List.of("4")));
        var batch = List.of("1", "2", "3");
        assertThat(door.data()).containsExactly(batch, batch, batch, batch, List.of("4"));
        assertThat(notes).anySatisfy(note -> assertThat(note).contains("status 500"));
    }

    @Test
    void anUnknownIdentifierRepeatsTheWholeBatch() {
        var calls = new AtomicInteger();
        door.follow(_ -> calls.getAndIncrement() == 0 ? Reply.failures("none of yours") : Reply.OK);
        put("1", "2");
        map();

        await().until(() -> door.events().size() == 2);
        assertThat(door.data()).containsExactly(List.of("1", "2"), List.of("1", "2"));
    }

    @Test
    void repliesAreNotReadUnlessTheMappingSaysSo() {
        rules = rules.withReplies(false, false);
        door.follow(event -> Reply.failures(ScriptedDoor.sequences(event).getFirst()));
        put("1", "2", "3", "4");
        map();

        await().until(() -> door.events().size() == 2);
        assertThat(door.data()).containsExactly(List.of("1", "2", "3"), List.of("4"));
    }

    @Test
    void aFunctionThatIsNotThereIsWaitedFor() throws IOException {
        var port = door.uri().getPort();
        door.close();
        put("1", "2");
        map();
        await().until(() -> notes.stream().anyMatch(note -> note.contains("nobody answers")));

        door = ScriptedDoor.open(port, _ -> Reply.OK);

        await().until(() -> door.events().size() == 1);
        assertThat(door.data()).containsExactly(List.of("1", "2"));
    }

    @Test
    void aChildShardIsReadAfterItsParent() {
        var healthy = new AtomicInteger();
        door.follow(_ -> healthy.get() == 0 ? Reply.ERROR : Reply.OK);
        put("1");
        kinesis.splitShard(split ->
                split.streamName(STREAM).shardToSplit(SHARD).newStartingHashKey(Long.toString(Long.MAX_VALUE)));
        put("2");
        map();
        await().until(() -> door.events().size() > 3);
        assertThat(door.data()).allMatch(List.of("1")::equals);

        healthy.set(1);

        await().until(() -> door.data().contains(List.of("2")));
    }

    @Test
    void aBatchThatFailsHoldsUpItsOwnShardOnly() {
        kinesis.splitShard(split -> split.streamName(STREAM)
                .shardToSplit(SHARD)
                .newStartingHashKey("170141183460469231731687303715884105728"));
        door.follow(event -> ScriptedDoor.data(event).contains("poison") ? Reply.ERROR : Reply.OK);
        map();
        putOne("a", "poison");
        await().until(() -> door.data().contains(List.of("poison")));

        putOne("a", "behind it");
        putOne("b", "beside it");

        await().until(() -> door.data().contains(List.of("beside it")));
        assertThat(door.data()).doesNotContain(List.of("behind it"));
    }

    @Test
    void readingGoesOnAfterTheStreamHasFailed() {
        server.faults()
                .add(KinesisFault.failRequests("GetRecords", "InvalidArgumentException")
                        .times(3));
        put("1");
        map();

        await().until(() -> door.events().size() == 1);
    }

    /** Else the checkpoint would be past what is neither done nor kept. */
    @Test
    void whatTheDestinationDidNotTakeIsReadAgain() {
        rules = rules.withLimits(0, rules.maximumRecordAge());
        door.follow(_ -> Reply.ERROR);
        var asked = new AtomicInteger();
        destination = failure -> {
            if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("A test's fault.");
            }
            failures.add(failure);
        };
        put("1");
        map();

        await().until(() -> failures.size() == 1);
        assertThat(door.data()).containsExactly(List.of("1"), List.of("1"));
    }

    @Test
    void everyRecordArrivesOnceInOrderWhereNothingFails() {
        settings = TriggerSettings.DEFAULT.quick(100, 1);
        rules = rules.withBatchSize(100);
        map();
        var texts = IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
        for (var from = 0; from < 1_000; from += 250) {
            put(texts.subList(from, from + 250).toArray(String[]::new));
        }

        await().until(() -> door.data().stream().mapToInt(List::size).sum() >= 1_000);
        assertThat(door.data().stream().flatMap(List::stream)).containsExactlyElementsOf(texts);
    }

    private void map() {
        patience = new Patience(settings);
        var source = new KinesisSource(kinesis, STREAM);
        var invoker = new Invoker(new Door(door.uri(), settings.timeout()), patience, destination, notes::add);
        var mapping = new StreamMapping(source, rules, settings, invoker);
        threads.execute(() -> mapping.run(threads));
    }

    private void put(String... data) {
        var entries = IntStream.range(0, data.length)
                .mapToObj(i -> entry("a", data[i]))
                .toList();
        kinesis.putRecords(request -> request.streamName(STREAM).records(entries));
    }

    private void putOne(String key, String data) {
        kinesis.putRecords(request -> request.streamName(STREAM).records(List.of(entry(key, data))));
    }

    private static PutRecordsRequestEntry entry(String key, String data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromUtf8String(data))
                .build();
    }
}
