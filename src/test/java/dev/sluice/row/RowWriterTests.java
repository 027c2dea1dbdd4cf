package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lane.Backoff;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Rows of a few keys, written into a table that is throttled now and then. */
class RowWriterTests {

    private static final Duration PAUSE = Duration.ofNanos(1000);

    @Property(tries = 100)
    void theLastRowOfAKeyStays(@ForAll long seed) throws RejectedException {
        var random = new Random(seed);
        var table = new Table(random.nextLong(), 25);
        Map<String, RowItem> model = new HashMap<>();
        write(table, random, Keeping.LAST).forEach(row -> model.put(row.key().key(), row));
        assertThat(table.rows).isEqualTo(model);
    }

    @Property(tries = 100)
    void theNewestRowOfAKeyStays(@ForAll long seed) throws RejectedException {
        var random = new Random(seed);
        var table = new Table(random.nextLong(), 1);
        Map<String, RowItem> model = new HashMap<>();
        write(table, random, new Keeping(Optional.of(new Keeping.Newest("n", Instant.EPOCH)), true))
                .forEach(row ->
                        model.merge(row.key().key(), row, (older, newer) -> older.outranks(newer) ? older : newer));
        assertThat(table.rows).isEqualTo(model);
    }

    private static List<RowItem> write(Table table, Random random, Keeping keeping) throws RejectedException {
        var settings = new RowSettings("rows", 16, 1 + random.nextInt(4), 1 + random.nextInt(20_000), Duration.ZERO);
        var partitions = new Partitions(16);
        var backoff = new Backoff(PAUSE, PAUSE, Instant.now().plusSeconds(60));
        var rows = new ArrayList<RowItem>();
        try (var writer = new RowWriter(table, keeping, settings, partitions, backoff, () -> {})) {
            for (int i = 0; i < 200; i++) {
                var key = new RowKey("f", "k" + random.nextInt(9));
                Map<String, Value> data = Map.of("n", new Value.Num(Integer.toString(random.nextInt(12))));
                var row = new Row(key, data, new Row.Source("b/o", "v", i, i));
                rows.add(RowItem.of(row, partitions.of(key), keeping));
                writer.put(row);
            }
            writer.flush();
        }
        return rows;
    }

    /** Keeps rows as DynamoDB does, and refuses that two requests hold the same key at the same time. */
    private static final class Table implements RowPuts {

        private final Random random;
        private final int most;
        private final Map<String, RowItem> rows = new HashMap<>();
        private final Set<RowKey> inFlight = new HashSet<>();

        Table(long seed, int most) {
            this.random = new Random(seed);
            this.most = most;
        }

        @Override
        public int most() {
            return most;
        }

        @Override
        public Set<RowKey> send(List<RowItem> items) {
            synchronized (this) {
                items.forEach(item -> assertThat(inFlight.add(item.key()))
                        .as("alone in flight")
                        .isTrue());
            }
            LockSupport.parkNanos(1000);
            synchronized (this) {
                items.forEach(item -> inFlight.remove(item.key()));
                Map<Boolean, List<RowItem>> taken =
                        items.stream().collect(Collectors.partitioningBy(_ -> random.nextInt(4) > 0));
                taken.getOrDefault(true, List.of())
                        .forEach(item -> rows.merge(
                                item.key().key(), item, (there, here) -> there.outranks(here) ? there : here));
                return taken.getOrDefault(false, List.of()).stream()
                        .map(RowItem::key)
                        .collect(Collectors.toSet());
            }
        }
    }
}
