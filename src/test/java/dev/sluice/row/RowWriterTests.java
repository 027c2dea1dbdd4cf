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

/** Rows of few keys or many, written into a table that is throttled now and then, or fails. */
class RowWriterTests {

    private static final Duration PAUSE = Duration.ofNanos(1000);

    @Property(tries = 100)
    void theLastRowOfAKeyStays(@ForAll long seed) throws RejectedException {
        var random = new Random(seed);
        var table = new Table(random.nextLong(), 25, Integer.MAX_VALUE);
        Map<String, RowItem> model = new HashMap<>();
        write(table, random, Keeping.LAST).forEach(row -> model.put(row.key().key(), row));
        assertThat(table.rows).isEqualTo(model);
    }

    @Property(tries = 100)
    void theNewestRowOfAKeyStays(@ForAll long seed) throws RejectedException {
        var random = new Random(seed);
        var table = new Table(random.nextLong(), 1, Integer.MAX_VALUE);
        Map<String, RowItem> model = new HashMap<>();
        write(table, random, new Keeping(Optional.of(new Keeping.Newest("n", Instant.EPOCH)), true))
                .forEach(row ->
                        model.merge(row.key().key(), row, (older, newer) -> older.outranks(newer) ? older : newer));
        assertThat(table.rows).isEqualTo(model);
    }

    @Property(tries = 200)
    void nobodyIsToldThatRowsAreWrittenIfOneIsNot(@ForAll long seed) throws RejectedException {
        var random = new Random(seed);
        var table = new Table(random.nextLong(), 25, 1 + random.nextInt(60));
        boolean told = false;
        try {
            write(table, random, Keeping.LAST);
        } catch (RowWriteException _) {
            told = true;
        }
        assertThat(told).as("told").isEqualTo(table.failed);
        assertThat(table.inFlight).isEmpty();
    }

    private static List<RowItem> write(Table table, Random random, Keeping keeping) throws RejectedException {
        int writers = 1 + random.nextInt(4);
        int keys = random.nextBoolean() ? 9 : 900;
        int heldBytes = 1 + random.nextInt(random.nextBoolean() ? 20_000 : 400_000);
        var settings = new RowSettings("rows", 16, writers, heldBytes, Duration.ZERO);
        var partitions = new Partitions(16);
        var backoff = new Backoff(PAUSE, PAUSE, Instant.now().plusSeconds(60));
        var rows = new ArrayList<RowItem>();
        Set<RowKey> put = new HashSet<>();
        try (var writer = new RowWriter(table, keeping, settings, partitions, backoff, table::beforeCall)) {
            for (int i = 0; i < 600; i++) {
                var key = new RowKey("f", "k" + random.nextInt(keys));
                Map<String, Value> data = Map.of("n", new Value.Num(Integer.toString(random.nextInt(12))));
                var row = new Row(key, data, new Row.Source("b/o", "v", i, i));
                rows.add(RowItem.of(row, partitions.of(key), keeping));
                writer.put(row);
                put.add(key);
                assertThat(put.size() - table.begun())
                        .as("keys that wait or are about to be sent")
                        .isLessThanOrEqualTo(125 + writers * table.most());
            }
            writer.flush();
        }
        return rows;
    }

    /**
     * Keeps rows as DynamoDB does, and refuses that two requests hold the same key at the same time, and older rows behind
     * newer ones.
     */
    private static final class Table implements RowPuts {

        private final Random random;
        private final int most;
        private final int failing;
        private final Map<String, RowItem> rows = new HashMap<>();
        private final Set<RowKey> inFlight = new HashSet<>();
        private final Map<RowKey, Long> begun = new HashMap<>();
        private int calls;
        private boolean failed;

        /** @param failing the call that fails */
        Table(long seed, int most, int failing) {
            this.random = new Random(seed);
            this.most = most;
            this.failing = failing;
        }

        @Override
        public int most() {
            return most;
        }

        synchronized int begun() {
            return begun.size();
        }

        synchronized void beforeCall() {
            calls++;
            mayFail();
        }

        /** Before the call is made, before it takes effect, or before it is answered. */
        private void mayFail() {
            if (calls >= failing && !failed && random.nextBoolean()) {
                failed = true;
                throw new IllegalStateException("It fails.");
            }
        }

        @Override
        public Set<RowKey> send(List<RowItem> items) {
            synchronized (this) {
                for (RowItem item : items) {
                    assertThat(inFlight.add(item.key())).as("alone in flight").isTrue();
                    long offset = item.row().source().offset();
                    assertThat(begun.merge(item.key(), offset, Math::max)).isEqualTo(offset);
                }
            }
            LockSupport.parkNanos(1000);
            synchronized (this) {
                items.forEach(item -> inFlight.remove(item.key()));
                mayFail();
                Map<Boolean, List<RowItem>> taken =
                        items.stream().collect(Collectors.partitioningBy(_ -> random.nextInt(4) > 0));
                taken.getOrDefault(true, List.of())
                        .forEach(item -> rows.merge(
                                item.key().key(), item, (there, here) -> there.outranks(here) ? there : here));
                mayFail();
                return taken.getOrDefault(false, List.of()).stream()
                        .map(RowItem::key)
                        .collect(Collectors.toSet());
            }
        }
    }
}
