package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

class KinesisLimitsTests extends WithLocalKinesis {

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
}
