package dev.sluice.row;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.invocation.Invocation;
import dev.sluice.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What a row costs with {@code overwrite: object}, in full batches, and with {@code overwrite: row}, a request each. */
final class OverwriteBench {

    private static final int ROWS = 5_000;
    private static final int FIELDS = 10;
    private static final Keeping NEWEST =
            new Keeping(Optional.of(new Keeping.Newest("column0", Instant.parse("2026-01-02T03:04:05Z"))), false);

    private final RowTable table;
    private final List<Row> rows;

    private OverwriteBench(AwsClients aws) {
        this.table = new RowTable(aws, new RowSettings("rows", 16, 32, 1024 * 1024, Duration.ZERO));
        this.rows = IntStream.range(0, ROWS).mapToObj(OverwriteBench::row).toList();
    }

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var beans = new AnnotationConfigApplicationContext(AwsConfiguration.class)) {
            var bench = new OverwriteBench(beans.getBean(AwsClients.class));
            bench.measure("CPU", "us CPU/row", Race.byProcessCpu(), figures);
            bench.measure("time", "us/row", Race.byWallClock(), figures);
        }
        figures.write();
    }

    private void measure(String what, String unit, Race race, Figures figures) throws Exception {
        race.add("object", () -> write(Keeping.LAST))
                .add("row", () -> write(NEWEST))
                .run();
        var object = race.seconds("object").map(s -> s / ROWS * 1e6);
        var row = race.seconds("row").map(s -> s / ROWS * 1e6);
        figures.say("overwrite: object, " + what, unit, object);
        figures.say("overwrite: row, " + what, unit, row);
        figures.say("overwrite: row / object, " + what, "x", row.over(object));
    }

    private long write(Keeping keeping) throws Exception {
        try (var writer = table.writer(keeping, Invocation.unbounded(), () -> {})) {
            for (Row row : rows) {
                writer.put(row);
            }
            writer.flush();
        }
        return 1;
    }

    private static Row row(int i) {
        Map<String, Value> data = new LinkedHashMap<>();
        for (int field = 0; field < FIELDS; field++) {
            data.put("column" + field, new Value.Text("value %d of %08d".formatted(field, i)));
        }
        return new Row(new RowKey("bench", "key-" + i), data, new Row.Source("bench/object.csv", "1", i, i * 100L));
    }
}
