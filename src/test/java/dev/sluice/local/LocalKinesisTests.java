package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class LocalKinesisTests extends WithLocalKinesis {

    @Test
    void recordsComeBackInOrderFromTheShardOfTheirKey() {
        var placed = put(entries(100, 10));

        assertThat(placed.failedRecordCount()).isZero();
        assertThat(placed.records().stream().map(each -> each.shardId()).distinct())
                .hasSize(2);
        for (var shard : shards()) {
            var records = readAll(shard.shardId());
            assertThat(records).isNotEmpty().allSatisfy(each -> assertThat(each.approximateArrivalTimestamp())
                    .isCloseTo(Instant.now(), new TemporalUnitWithinOffset(60, ChronoUnit.SECONDS)));
            assertThat(records).extracting(Record::sequenceNumber).isSorted();
            assertThat(records)
                    .extracting(each -> each.data().asUtf8String())
                    .isSortedAccordingTo(Comparator.comparing(text -> text.length() + text));
        }
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
