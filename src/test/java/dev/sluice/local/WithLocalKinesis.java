package dev.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A stream of two shards on a {@link LocalKinesis} of this process, whose seconds pass only when a test says so. */
abstract class WithLocalKinesis {

    static final String STREAM = "changes";
    static final int MIB = 1024 * 1024;

    final AtomicLong nanos = new AtomicLong();
    LocalKinesis server;
    private LocalClients clients;
    KinesisClient kinesis;

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

    PutRecordsResponse put(List<PutRecordsRequestEntry> entries) {
        return kinesis.putRecords(request -> request.streamName(STREAM).records(entries));
    }

    String putOne(String key, int bytes) {
        return kinesis.putRecord(
                        item -> item.streamName(STREAM).partitionKey(key).data(SdkBytes.fromByteArray(new byte[bytes])))
                .shardId();
    }

    static List<PutRecordsRequestEntry> entries(int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("key-" + i)
                        .data(bytes < 20 ? text(Integer.toString(i)) : SdkBytes.fromByteArray(new byte[bytes]))
                        .build())
                .toList();
    }

    static PutRecordsRequestEntry entry(String key, int bytes) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArray(new byte[bytes]))
                .build();
    }

    static SdkBytes text(String text) {
        return SdkBytes.fromUtf8String(text);
    }

    List<Shard> shards() {
        return kinesis.listShards(of -> of.streamName(STREAM)).shards();
    }

    String iterator(String shard, ShardIteratorType type, @Nullable String sequence) {
        return kinesis.getShardIterator(request -> request.streamName(STREAM)
                        .shardId(shard)
                        .shardIteratorType(type)
                        .startingSequenceNumber(sequence))
                .shardIterator();
    }

    GetRecordsResponse readToEnd(String shard) {
        return kinesis.getRecords(
                request -> request.shardIterator(iterator(shard, ShardIteratorType.TRIM_HORIZON, null)));
    }

    List<Record> readAll(String shard) {
        return readToEnd(shard).records();
    }

    List<String> texts(String iterator) {
        return kinesis.getRecords(request -> request.shardIterator(iterator)).records().stream()
                .map(each -> each.data().asUtf8String())
                .toList();
    }
}
