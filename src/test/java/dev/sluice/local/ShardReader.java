package dev.sluice.local;

import dev.sluice.local.StreamSource.Item;
import dev.sluice.local.StreamSource.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard from its oldest record on, gathers its records, and goes on only after all of them are done or given up.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">How Lambda processes
 *     records from stream and queue-based event sources</a>
 */
final class ShardReader {

    private final StreamSource source;
    private final String shard;
    private final StreamRules rules;
    private final int payloadBytes;
    private final Invoker invoker;
    private final Patience patience;
    private @Nullable String checkpoint;

    ShardReader(StreamSource source, String shard, StreamRules rules, int payloadBytes, Invoker invoker) {
        this.source = source;
        this.shard = shard;
        this.rules = rules;
        this.payloadBytes = payloadBytes;
        this.invoker = invoker;
        this.patience = invoker.patience();
    }

    /** Reads until the shard ends, or the triggers are closed; says whether it ended. */
    boolean readToEnd() {
        String iterator = null;
        var attempt = 0;
        while (!patience.isClosed()) {
            try {
                if (iterator == null) {
                    iterator = source.iterator(shard, checkpoint);
                }
                var page = gather(source.read(shard, iterator, most()));
                attempt = 0;
                if (!deliver(page.items())) {
                    return false;
                }
                if (!page.items().isEmpty()) {
                    checkpoint = page.items().getLast().sequence();
                }
                iterator = page.next();
                if (iterator == null) {
                    return true;
                }
                if (page.items().isEmpty()) {
                    patience.whileIdle();
                }
            } catch (RuntimeException e) {
                if (!patience.isClosed()) {
                    iterator = null;
                    attempt++;
                    // Once is ordinary: an iterator expires during a long invocation, or its place in the stream does.
                    if (attempt > 1 && Integer.bitCount(attempt) == 1) {
                        invoker.notes()
                                .accept("%s, %s, attempt %d: could not be read: %s"
                                        .formatted(source.name(), shard, attempt, e.getMessage()));
                    }
                    patience.afterFailure(attempt);
                }
            }
        }
        return false;
    }

    private int most() {
        return Math.min(StreamRules.MOST_RECORDS, rules.batchSize() * rules.parallelizationFactor());
    }

    /** Waits for more records, until there are enough, in number or bytes, or the window ends. */
    private Page gather(Page first) {
        var items = new ArrayList<>(first.items());
        var next = first.next();
        var end = patience.now().plus(rules.window());
        while (!items.isEmpty()
                && items.size() < most()
                && items.stream().mapToInt(Item::bytes).sum() < payloadBytes
                && next != null
                && patience.now().isBefore(end)
                && !patience.isClosed()) {
            patience.whileIdle();
            var more = source.read(shard, next, most() - items.size());
            items.addAll(more.items());
            next = more.next();
        }
        return new Page(items, next);
    }

    /** Says whether all of them are done or given up, which they are not if the triggers were closed before. */
    private boolean deliver(List<Item> items) {
        if (rules.parallelizationFactor() == 1) {
            return delivery().deliver(items);
        }
        var lanes = items.stream()
                .collect(Collectors.groupingBy(
                        item -> Math.floorMod(item.key().hashCode(), rules.parallelizationFactor())));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = true;
            for (var lane : threads.invokeAll(lanes.values().stream()
                    .<Callable<Boolean>>map(lane -> () -> delivery().deliver(lane))
                    .toList())) {
                all &= lane.get();
            }
            return all;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Delivery delivery() {
        return new Delivery(source, shard, rules, payloadBytes, invoker);
    }
}
