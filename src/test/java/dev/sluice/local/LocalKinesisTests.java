package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

class LocalKinesisTests {

    private static final String STREAM = "changes";
    private static final int MIB = 1024 * 1024;

    private final AtomicLong nanos = new AtomicLong();
    private LocalKinesis server;
    private LocalClients clients;
    private KinesisClient kinesis;

    @BeforeEach
    void start() throws IOException {
        server = LocalKinesis.start(KinesisLimits.DOCUMENTED, Clock.systemUTC(), nanos::get);
        var nowhere = URI.create("http://127.0.0.1:1");
        clients = new LocalClients(new LocalEndpoints(nowhere, nowhere, server.endpoint(), nowhere));
        kinesis = clients.kinesis();
        kinesis.createStream(stream -> stream.streamName(STREAM).shardCount(2));
    }

    @AfterEach
    void stop() {
        clients.close();
        server.close();
    }

    @Test
    void recordsComeBackInOrderFromTheShardOfTheirKey() {
        var placed = put(entries(100, 10));

        assertThat(placed.failedRecordCount()).isZero();
        assertThat(placed.records().stream().map(each -> each.shardId()).distinct())
                .hasSize(2);
        for (var shard : shards()) {
            var records = readAll(shard.shardId());
            assertThat(records).isNotEmpty().allSatisfy(each -> assertThat(each.approximateArrivalTimestamp())
                    .isCloseTo(Instant.now(), within(60)));
            assertThat(records).extracting(Record::sequenceNumber).isSorted();
            assertThat(records)
                    .extracting(each -> each.data().asUtf8String())
                    .isSortedAccordingTo(Comparator.comparing(text -> text.length() + text));
        }
    }

    private static TemporalUnitOffset within(int seconds) {
        return new TemporalUnitWithinOffset(seconds, ChronoUnit.SECONDS);
    }

    @Test
    void aKeyGoesToTheShardThatCoversItsMd5() {
        // MD5 of "a" begins with 0c, of "b" with 92: the lower and the upper half.
        assertThat(putOne("a", 1)).isEqualTo("shardId-000000000000");
        assertThat(putOne("b", 1)).isEqualTo("shardId-000000000001");
        assertThat(kinesis.putRecord(item -> item.streamName(STREAM)
                                .partitionKey("b")
                                .explicitHashKey("0")
                                .data(SdkBytes.fromUtf8String("x")))
                        .shardId())
                .isEqualTo("shardId-000000000000");
    }

    @Test
    void fiveHundredRecordsAndTenMebibytesAreTheMostOfOneRequest() {
        assertThat(put(entries(500, 1)).failedRecordCount()).isZero();
        assertThatThrownBy(() -> put(entries(501, 1))).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> put(entries(11, 1024 * 1000))).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aRecordIsAtMostOneMebibyteItsKeyIncluded() {
        assertThat(putOne("k", MIB - 1)).isNotBlank();
        assertThatThrownBy(() -> putOne("k", MIB)).isInstanceOf(ValidationException.class);
    }

    @Test
    void partitionKeysHaveOneTo256Characters() {
        assertThat(putOne("é".repeat(256), 1)).isNotBlank();
        assertThatThrownBy(() -> putOne("k".repeat(257), 1)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> putOne("", 1)).isInstanceOf(ValidationException.class);
    }

    @Test
    void aShardTakesAThousandRecordsASecond() {
        var oneKey = IntStream.range(0, 500).mapToObj(_ -> entry("a", 1)).toList();
        assertThat(put(oneKey).failedRecordCount()).isZero();
        assertThat(put(oneKey).failedRecordCount()).isZero();

        var refused = put(oneKey);
        assertThat(refused.failedRecordCount()).isEqualTo(500);
        assertThat(refused.records())
                .allMatch(each -> "ProvisionedThroughputExceededException".equals(each.errorCode())
                        && each.sequenceNumber() == null);

        nanos.addAndGet(Duration.ofMillis(300).toNanos());
        assertThat(put(oneKey).failedRecordCount()).isEqualTo(200);
    }

    @Test
    void aShardTakesOneMebibyteASecondOnlyForItself() {
        assertThat(putOne("a", MIB - 1)).isNotBlank();
        var next = put(List.of(entry("a", 1_000), entry("b", 1_000)));

        assertThat(next.failedRecordCount()).isEqualTo(1);
        assertThat(next.records().getFirst().errorCode()).isEqualTo("ProvisionedThroughputExceededException");
        assertThat(next.records().getLast().shardId()).isEqualTo("shardId-000000000001");
    }

    @Test
    void iteratorsOfAllFiveTypes() {
        var first = kinesis.putRecord(
                item -> item.streamName(STREAM).partitionKey("a").data(text("1")));
        var shard = first.shardId();
        var between = Instant.now();
        Awaitility.await().until(() -> Instant.now().isAfter(between.plusMillis(5)));
        kinesis.putRecord(item -> item.streamName(STREAM).partitionKey("a").data(text("2")));
        var latest = iterator(shard, ShardIteratorType.LATEST, null);
        kinesis.putRecord(item -> item.streamName(STREAM).partitionKey("a").data(text("3")));

        assertThat(texts(iterator(shard, ShardIteratorType.TRIM_HORIZON, null))).containsExactly("1", "2", "3");
        assertThat(texts(iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, first.sequenceNumber())))
                .containsExactly("1", "2", "3");
        assertThat(texts(iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, first.sequenceNumber())))
                .containsExactly("2", "3");
        assertThat(texts(latest)).containsExactly("3");
        var since = kinesis.getShardIterator(request -> request.streamName(STREAM)
                .shardId(shard)
                .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                .timestamp(between.plusMillis(1)));
        assertThat(texts(since.shardIterator())).containsExactly("2", "3");
    }

    @Test
    void pagesSayHowFarBehindTheyAre() {
        put(IntStream.range(0, 10).mapToObj(_ -> entry("a", 1)).toList());
        var iterator = iterator("shardId-000000000000", ShardIteratorType.TRIM_HORIZON, null);

        var first =
                kinesis.getRecords(request -> request.shardIterator(iterator).limit(6));
        var second = kinesis.getRecords(request -> request.shardIterator(first.nextShardIterator()));

        assertThat(first.records()).hasSize(6);
        assertThat(first.millisBehindLatest()).isPositive();
        assertThat(second.records()).hasSize(4);
        assertThat(second.millisBehindLatest()).isZero();
    }

    @Test
    void aSplitShardEndsAndNamesItsChildren() {
        putOne("a", 1);
        kinesis.splitShard(split ->
                split.streamName(STREAM).shardToSplit("shardId-000000000000").newStartingHashKey("1000"));
        putOne("a", 1);

        var parent = readToEnd("shardId-000000000000");
        assertThat(parent.records()).hasSize(1);
        assertThat(parent.nextShardIterator()).isNull();
        assertThat(parent.childShards())
                .extracting(child -> child.shardId())
                .containsExactly("shardId-000000000002", "shardId-000000000003");
        assertThat(shards().get(0).sequenceNumberRange().endingSequenceNumber()).isNotNull();
        assertThat(shards().get(3).parentShardId()).isEqualTo("shardId-000000000000");
        assertThat(readAll("shardId-000000000003")).hasSize(1);
        assertThat(kinesis.describeStreamSummary(of -> of.streamName(STREAM))
                        .streamDescriptionSummary()
                        .openShardCount())
                .isEqualTo(3);
    }

    @Test
    void mergedShardsHaveOneChild() {
        kinesis.mergeShards(merge -> merge.streamName(STREAM)
                .shardToMerge("shardId-000000000000")
                .adjacentShardToMerge("shardId-000000000001"));

        var child = shards().get(2);
        assertThat(child.parentShardId()).isEqualTo("shardId-000000000000");
        assertThat(child.adjacentParentShardId()).isEqualTo("shardId-000000000001");
        assertThat(putOne("a", 1)).isEqualTo(child.shardId());
        assertThat(putOne("b", 1)).isEqualTo(child.shardId());
    }

    @Test
    void errorsHaveTheTypesOfTheService() {
        assertThatThrownBy(() ->
                        kinesis.createStream(stream -> stream.streamName(STREAM).shardCount(1)))
                .isInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> kinesis.describeStream(of -> of.streamName("none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> kinesis.getRecords(request -> request.shardIterator("nonsense")))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> kinesis.listTagsForStream(of -> of.streamName(STREAM)))
                .isInstanceOfSatisfying(
                        KinesisException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"));
        kinesis.deleteStream(of -> of.streamName(STREAM));
        assertThat(kinesis.listStreams().streamNames()).isEmpty();
    }

    @Test
    void jsonIsSpokenToo() throws Exception {
        assertThat(json("PutRecord", "{\"StreamName\":\"changes\",\"PartitionKey\":\"a\",\"Data\":\"aGVsbG8=\"}"))
                .contains("\"ShardId\":\"shardId-000000000000\"");
        var records = json(
                "GetRecords",
                "{\"ShardIterator\":\"" + iterator("shardId-000000000000", ShardIteratorType.TRIM_HORIZON, null)
                        + "\"}");

        assertThat(records)
                .contains("\"Data\":\"aGVsbG8=\"")
                .containsPattern("\"ApproximateArrivalTimestamp\":\\d{10}\\.\\d{3}");
        assertThat(json("PutRecord", "{\"StreamName\":\"none\"}")).contains("\"__type\":\"ResourceNotFoundException\"");
    }

    @Test
    void singleRecordsFailWhenTold() {
        server.faults().add(KinesisFault.throttleRecords().ofKey("b").times(1));
        server.faults().add(KinesisFault.failRecords().ofKey("c").times(1));
        var batch = List.of(entry("a", 1), entry("b", 1), entry("c", 1), entry("b", 1), entry("c", 1));

        var reply = put(batch);

        assertThat(reply.failedRecordCount()).isEqualTo(2);
        assertThat(reply.records())
                .extracting(each -> each.errorCode())
                .containsExactly(null, "ProvisionedThroughputExceededException", "InternalFailure", null, null);
    }

    @Test
    void chanceIsRepeatable() {
        var failures = new ArrayList<Integer>();
        for (var run = 0; run < 2; run++) {
            server.faults().clear();
            server.faults().add(KinesisFault.throttleRecords().withProbability(0.3, 7));
            failures.add(put(entries(300, 1)).failedRecordCount());
        }

        assertThat(failures.getFirst()).isBetween(60, 120).isEqualTo(failures.getLast());
    }

    @Test
    void wholeRequestsFailWhenTold() {
        server.faults()
                .add(KinesisFault.failRequests("PutRecord", "ProvisionedThroughputExceededException")
                        .times(10));

        assertThatThrownBy(() -> putOne("a", 1)).isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThat(put(entries(1, 1)).failedRecordCount()).isZero();
    }

    @Test
    void aLostReplyHasBeenCarriedOut() {
        server.faults().add(KinesisFault.loseReplies("PutRecords", Duration.ofMinutes(1)));

        assertThatThrownBy(() -> kinesis.putRecords(request -> request.streamName(STREAM)
                        .records(List.of(entry("a", 1)))
                        .overrideConfiguration(of -> of.apiCallTimeout(Duration.ofMillis(300)))))
                .isInstanceOf(ApiCallTimeoutException.class);

        assertThat(readAll("shardId-000000000000")).hasSize(1);
    }

    @Test
    void faultsCanBeSetByHttp() throws Exception {
        var faults = server.endpoint().resolve("/_faults");
        try (var http = HttpClient.newHttpClient()) {
            var body = "{\"kind\":\"THROTTLE_RECORDS\",\"times\":2}";
            var added = http.send(
                    HttpRequest.newBuilder(faults)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(added.statusCode()).isEqualTo(204);
            assertThat(put(entries(10, 1)).failedRecordCount()).isEqualTo(2);

            for (var wrong :
                    List.of("{\"kind\":\"NONE\"}", "{\"times\":1}", "{\"kind\":\"FAIL_RECORDS\",\"typo\":1}")) {
                var request = HttpRequest.newBuilder(faults)
                        .POST(HttpRequest.BodyPublishers.ofString(wrong))
                        .build();
                assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                        .as(wrong)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void aFullStreamDropsItsOldestRecords() throws IOException {
        var documented = KinesisLimits.DOCUMENTED;
        var small =
                new KinesisLimits(500, MIB, MIB, 256, MIB, 1_000, false, 10_000, MIB, documented.iteratorAge(), 100);
        try (var other = LocalKinesis.start(small);
                var client = new LocalClients(
                        new LocalEndpoints(other.endpoint(), other.endpoint(), other.endpoint(), other.endpoint()))) {
            client.kinesis().createStream(stream -> stream.streamName(STREAM).shardCount(1));
            for (var i = 0; i < 5; i++) {
                client.kinesis()
                        .putRecords(request -> request.streamName(STREAM).records(List.of(entry("k", 39))));
            }
            var iterator = client.kinesis().getShardIterator(of -> of.streamName(STREAM)
                    .shardId("shardId-000000000000")
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
            assertThat(client.kinesis()
                            .getRecords(of -> of.shardIterator(iterator.shardIterator()))
                            .records())
                    .hasSize(2);
        }
    }

    private PutRecordsResponse put(List<PutRecordsRequestEntry> entries) {
        return kinesis.putRecords(request -> request.streamName(STREAM).records(entries));
    }

    private String putOne(String key, int bytes) {
        return kinesis.putRecord(
                        item -> item.streamName(STREAM).partitionKey(key).data(SdkBytes.fromByteArray(new byte[bytes])))
                .shardId();
    }

    private static List<PutRecordsRequestEntry> entries(int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("key-" + i)
                        .data(bytes < 20 ? text(Integer.toString(i)) : SdkBytes.fromByteArray(new byte[bytes]))
                        .build())
                .toList();
    }

    private static PutRecordsRequestEntry entry(String key, int bytes) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArray(new byte[bytes]))
                .build();
    }

    private static SdkBytes text(String text) {
        return SdkBytes.fromUtf8String(text);
    }

    private List<Shard> shards() {
        return kinesis.listShards(of -> of.streamName(STREAM)).shards();
    }

    private String iterator(String shard, ShardIteratorType type, @Nullable String sequence) {
        return kinesis.getShardIterator(request -> request.streamName(STREAM)
                        .shardId(shard)
                        .shardIteratorType(type)
                        .startingSequenceNumber(sequence))
                .shardIterator();
    }

    private GetRecordsResponse readToEnd(String shard) {
        return kinesis.getRecords(
                request -> request.shardIterator(iterator(shard, ShardIteratorType.TRIM_HORIZON, null)));
    }

    private List<Record> readAll(String shard) {
        return readToEnd(shard).records();
    }

    private List<String> texts(String iterator) {
        return kinesis.getRecords(request -> request.shardIterator(iterator)).records().stream()
                .map(each -> each.data().asUtf8String())
                .toList();
    }

    private String json(String operation, String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.endpoint())
                    .header("Content-Type", "application/x-amz-json-1.1")
                    .header("X-Amz-Target", "Kinesis_20131202." + operation)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
