package dev.sluice.change;

import dev.sluice.value.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of a local Kinesis as tests look at it, and changes to send there. */
record Feed(KinesisClient kinesis, String stream) implements AutoCloseable {

    static Feed create(URI endpoint, int shards) {
        var kinesis = KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
                // One that is given up and made again would find that there is such a stream.
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(Duration.ofMinutes(2)))
                .build();
        kinesis.createStream(create -> create.streamName(FeedProcess.STREAM).shardCount(shards));
        return new Feed(kinesis, FeedProcess.STREAM);
    }

    /** The n-th change of all, by which a row of this key gets this number. */
    static Change change(int n, String key) {
        return change(n, key, Json.of("{\"n\":" + n + "}"));
    }

    static Change change(int n, String key, Json after) {
        return new Change(
                "id-" + n,
                Change.Kind.MODIFIED,
                "feed",
                key,
                Instant.ofEpochSecond(1_800_000_000L + n),
                Integer.toString(n),
                Json.of("{}"),
                after,
                false);
    }

    List<Shard> shards() {
        return kinesis.listShards(list -> list.streamName(stream)).shards();
    }

    /** Every record, shard after shard: parents come before their children. */
    List<Record> records() {
        var records = new ArrayList<Record>();
        for (Shard shard : shards()) {
            String iterator = kinesis.getShardIterator(get -> get.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            boolean more = true;
            while (more) {
                String from = iterator;
                var page = kinesis.getRecords(get -> get.shardIterator(from));
                records.addAll(page.records());
                iterator = page.nextShardIterator();
                more = iterator != null && page.millisBehindLatest() > 0;
            }
        }
        return records;
    }

    /** Every event, copies and all. */
    List<JsonNode> events() {
        return records().stream()
                .flatMap(record -> events(record.data()).stream())
                .toList();
    }

    /** The events in a record, told as docs/change-feed.md says. */
    static List<JsonNode> events(SdkBytes data) {
        JsonNode record = JsonMapper.shared().readTree(data.asByteArray());
        return data.asByteArray()[0] == '['
                ? StreamSupport.stream(record.spliterator(), false).toList()
                : List.of(record);
    }

    /** The ids of each key's events as a consumer sees them that drops what is not new. */
    static Map<String, List<String>> seen(List<JsonNode> events) {
        Map<String, List<String>> seen = new LinkedHashMap<>();
        var last = new LastSequences(new LinkedHashMap<>());
        for (JsonNode event : events) {
            String source = event.path("source").stringValue();
            String subject = event.path("subject").stringValue();
            String sequence = event.path("sequence").stringValue();
            if (last.isNew(source, subject, sequence)) {
                seen.computeIfAbsent(subject, _ -> new ArrayList<>())
                        .add(event.path("id").stringValue());
                last.seen(source, subject, sequence);
            }
        }
        return seen;
    }

    /** The same for changes of which each comes once. */
    static Map<String, List<String>> history(List<Change> changes) {
        Map<String, List<String>> history = new LinkedHashMap<>();
        changes.forEach(change -> history.computeIfAbsent("feed/" + change.key(), _ -> new ArrayList<>())
                .add(change.id()));
        return history;
    }

    @Override
    public void close() {
        kinesis.close();
    }
}
