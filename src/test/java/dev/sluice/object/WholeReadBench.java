package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Sample;
import dev.sluice.feed.FeedConfiguration;
import dev.sluice.feed.Feeds;
import dev.sluice.format.RecordLimits;
import dev.sluice.format.Records;
import dev.sluice.invocation.Invocation;
import dev.sluice.object.LedgerEntry.Counts;
import dev.sluice.object.LedgerEntry.Progress;
import dev.sluice.row.Keeping;
import dev.sluice.row.RowConfiguration;
import dev.sluice.row.RowTable;
import dev.sluice.store.StoreBucket;
import dev.sluice.store.StoreConfiguration;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import tools.jackson.databind.json.JsonMapper;

/** A whole read into a DynamoDB that does nothing, against a plain loop around the SDK that sends the same batches. */
final class WholeReadBench {

    /** So many that the warm-up outlasts the compiler, whose threads are in the CPU of the process. */
    private static final int ROWS = 40_000;

    private static final int BATCH = 25;

    private final byte[] object = Sample.orders(ROWS);
    private final AwsClients aws;
    private final RowTable rows;
    private final StoreBucket store;
    private final Feeds feeds;
    private final Feeds.Match match;

    private WholeReadBench(AwsClients aws, RowTable rows, StoreBucket store, Feeds feeds) {
        this.aws = aws;
        this.rows = rows;
        this.store = store;
        this.feeds = feeds;
        this.match = feeds.match("bench", "orders/1.csv").orElseThrow();
    }

    public static void main(String[] arguments) throws Exception {
        var application = new SpringApplicationBuilder(
                        AwsConfiguration.class,
                        RowConfiguration.class,
                        StoreConfiguration.class,
                        FeedConfiguration.class)
                .web(WebApplicationType.NONE);
        try (var beans = application.run(
                "--spring.main.banner-mode=off",
                "--sluice.rows.table=rows",
                "--sluice.store.bucket=store",
                "--sluice.feeds[0].name=orders",
                "--sluice.feeds[0].match.key=orders/*.csv",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key=id")) {
            new WholeReadBench(
                            beans.getBean(AwsClients.class),
                            beans.getBean(RowTable.class),
                            beans.getBean(StoreBucket.class),
                            beans.getBean(Feeds.class))
                    .measure(new Figures(arguments));
        }
    }

    private void measure(Figures figures) throws Exception {
        var prepared = new ArrayList<List<WriteRequest>>();
        loop(batch -> prepared.add(List.copyOf(batch)));
        var race = Race.byProcessCpu()
                .add("whole read", this::read)
                .add("plain loop", () -> loop(this::send))
                .add(
                        "parse, send",
                        () -> parse() + prepared.stream().mapToInt(this::send).sum() - ROWS)
                .run();
        for (String name : List.of("whole read", "plain loop", "parse, send")) {
            figures.say(
                    name + (name.equals("parse, send") ? " batches made before" : ""),
                    "us CPU/row",
                    race.seconds(name).map(s -> s / ROWS * 1e6));
        }
        var whole = race.seconds("whole read");
        figures.atMost(
                1.15, "CPU of a whole read / parser and a plain loop", "x", whole.over(race.seconds("plain loop")));
        figures.say(
                "CPU of a whole read / parser and sending batches made before",
                "x",
                whole.over(race.seconds("parse, send")));
        figures.write();
    }

    private long read() throws Exception {
        try (var writer = rows.writer(Keeping.LAST, Invocation.unbounded(), () -> {})) {
            var copy = new ObjectCopy(
                    match,
                    match.feed().rules().rejects(),
                    new RowMaker(match.feed(), "bench", "orders/1.csv", "1", Optional.empty()),
                    new Transforms(Map.of(), feeds),
                    writer,
                    new RejectWriter(store, new JsonMapper(), "bench/", Map.of(), Optional.empty(), () -> {}),
                    new Progress(Counts.NONE, Optional.empty()));
            copy.copy(records(), () -> false);
            writer.flush();
            return copy.progress().counts().rows();
        }
    }

    private Records records() throws Exception {
        return match.feed()
                .format()
                .open(new ByteArrayInputStream(object), List.of("id"), new RecordLimits(1024 * 1024, Long.MAX_VALUE));
    }

    private long parse() throws Exception {
        Records records = records();
        long count = 0;
        while (records.next()) {
            count += records.fields().isEmpty() ? 0 : 1;
        }
        return count;
    }

    private interface Sender {
        Object send(List<WriteRequest> batch);
    }

    /** What one would write without Sluice: parse, make the item, send when there are 25. */
    private long loop(Sender sender) throws Exception {
        Records records = records();
        var batch = new ArrayList<WriteRequest>(BATCH);
        long count = 0;
        while (records.next()) {
            var item = item(records);
            batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
            count++;
            if (batch.size() == BATCH) {
                sender.send(batch);
                batch.clear();
            }
        }
        return count;
    }

    private static Map<String, AttributeValue> item(Records records) throws Exception {
        var fields = records.fields();
        Map<String, AttributeValue> data = HashMap.newHashMap(fields.size());
        fields.forEach((name, value) -> data.put(name, AttributeValue.fromS(((Value.Text) value).text())));
        var place = records.place();
        var id = data.getOrDefault("id", AttributeValue.fromS(""));
        return Map.of(
                "pk", AttributeValue.fromS("orders#0" + Math.floorMod(id.s().hashCode(), 10)),
                "sk", id,
                "data", AttributeValue.fromM(data),
                "source",
                        AttributeValue.fromM(Map.of(
                                "object", AttributeValue.fromS("bench/orders/1.csv"),
                                "version", AttributeValue.fromS("1"),
                                "line", AttributeValue.fromN(Long.toString(place.line())),
                                "offset", AttributeValue.fromN(Long.toString(place.offset())))));
    }

    private int send(List<WriteRequest> batch) {
        var answer = aws.dynamoDb().batchWriteItem(request -> request.requestItems(Map.of("rows", batch)));
        return answer.unprocessedItems().isEmpty() ? batch.size() : 0;
    }
}
