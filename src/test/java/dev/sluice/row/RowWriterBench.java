package dev.sluice.row;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.invocation.Invocation;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes that overlap against one batch after the other, where each takes 5 ms to be answered; and the SDK alone, which threads
 * give batches that were made before: more than it makes on this machine no writer does.
 */
final class RowWriterBench {

    private static final int BATCH = 25;
    private static final int ONE_BY_ONE = 50;
    /** As many batches as make a round long enough to measure. */
    private static final int OVERLAPPED = 400;

    private static final int[] WRITERS = {8, 48};
    private static final int THREADS = 48;

    private final AwsClients aws;
    private final List<Row> rows;
    private final List<List<WriteRequest>> batches;

    private RowWriterBench(AwsClients aws, int fields) throws RejectedException {
        this.aws = aws;
        this.rows = rows(fields);
        this.batches = batches(rows);
    }

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var beans = new AnnotationConfigApplicationContext(AwsConfiguration.class)) {
            for (int fields : new int[] {4, 10}) {
                new RowWriterBench(beans.getBean(AwsClients.class), fields).measure(figures, fields);
            }
        }
        figures.write();
    }

    private void measure(Figures figures, int fields) throws Exception {
        var race = Race.byWallClock().add("one by one", this::oneByOne);
        for (int writers : WRITERS) {
            race.add("writers " + writers, () -> overlapped(writers));
        }
        race.add("SDK alone", this::sdkAlone).run();
        var single = race.seconds("one by one").map(s -> ONE_BY_ONE * BATCH / s);
        String of = " (%d fields)".formatted(fields);
        figures.say("one batch at a time" + of, "rows/s", single);
        for (int writers : WRITERS) {
            var rate = race.seconds("writers " + writers).map(s -> OVERLAPPED * BATCH / s);
            figures.say("rows.writers %d".formatted(writers) + of, "rows/s", rate);
            figures.atLeast(
                    20, "rows.writers %d / one batch at a time".formatted(writers) + of, "x", rate.over(single));
        }
        var alone = race.seconds("SDK alone").map(s -> OVERLAPPED * BATCH / s);
        figures.say("the SDK alone, %d threads".formatted(THREADS) + of, "rows/s", alone);
        figures.say("the SDK alone / one batch at a time" + of, "x", alone.over(single));
    }

    private long oneByOne() throws RejectedException {
        batches(rows.subList(0, ONE_BY_ONE * BATCH)).forEach(this::send);
        return 1;
    }

    private long sdkAlone() throws Exception {
        var left = new ConcurrentLinkedQueue<>(batches);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var thread : threads.invokeAll(Collections.nCopies(THREADS, () -> sendAll(left)))) {
                thread.get();
            }
        }
        return 1;
    }

    private int sendAll(Queue<List<WriteRequest>> left) {
        int sent = 0;
        for (var batch = left.poll(); batch != null; batch = left.poll()) {
            send(batch);
            sent++;
        }
        return sent;
    }

    private void send(List<WriteRequest> batch) {
        aws.dynamoDb().batchWriteItem(request -> request.requestItems(Map.of("rows", batch)));
    }

    private static List<List<WriteRequest>> batches(List<Row> rows) throws RejectedException {
        var partitions = new Partitions(16);
        var batches = new ArrayList<List<WriteRequest>>();
        for (int i = 0; i < rows.size(); i += BATCH) {
            var batch = new ArrayList<WriteRequest>(BATCH);
            for (Row row : rows.subList(i, i + BATCH)) {
                var item =
                        RowItem.of(row, partitions.of(row.key()), Keeping.LAST).attributes();
                batch.add(
                        WriteRequest.builder().putRequest(put -> put.item(item)).build());
            }
            batches.add(batch);
        }
        return batches;
    }

    private long overlapped(int writers) throws Exception {
        var table = new RowTable(aws, new RowSettings("rows", 16, writers, 1024 * 1024, Duration.ZERO));
        try (var writer = table.writer(Keeping.LAST, Invocation.unbounded(), () -> {})) {
            for (Row row : rows) {
                writer.put(row);
            }
            writer.flush();
        }
        return 1;
    }

    private static List<Row> rows(int fields) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < OVERLAPPED * BATCH; i++) {
            Map<String, Value> data = new LinkedHashMap<>();
            for (int field = 0; field < fields; field++) {
                data.put("column" + field, new Value.Text("value %d of %08d".formatted(field, i)));
            }
            var key = new RowKey("bench", "key-" + i);
            rows.add(new Row(key, data, new Row.Source("bench/object.csv", "1", i, i * 100L)));
        }
        return rows;
    }
}
