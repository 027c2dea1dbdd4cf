package dev.sluice.local;

import dev.sluice.local.StreamSource.Item;
import dev.sluice.local.StreamSource.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard from its oldest record on, one batch at a time, and goes on only after a batch has succeeded.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-polling-and-batching.html">Polling and batching
 *     behavior</a>
 */
final class ShardReader {

    private static final int ENVELOPE_BYTES = "{\"Records\":[]}".length();

    private final StreamSource source;
    private final String shard;
    private final Door door;
    private final TriggerSettings settings;
    private final Duration window;
    private final Patience patience;
    private final Consumer<String> notes;
    private @Nullable String checkpoint;

    ShardReader(
            StreamSource source,
            String shard,
            Door door,
            TriggerSettings settings,
            Duration window,
            Patience patience,
            Consumer<String> notes) {
        this.source = source;
        this.shard = shard;
        this.door = door;
        this.settings = settings;
        this.window = window;
        this.patience = patience;
        this.notes = notes;
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
                var page = gather(source.read(shard, iterator, settings.batchSize()));
                attempt = 0;
                if (!process(page.items())) {
                    return false;
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
                    if (attempt > 1) {
                        note(attempt, "could not be read: " + e.getMessage());
                    }
                    patience.afterFailure(attempt);
                }
            }
        }
        return false;
    }

    /** Waits for more records, until there are enough for a batch or the window ends. */
    private Page gather(Page first) {
        var items = new ArrayList<>(first.items());
        var next = first.next();
        var end = System.nanoTime() + window.toNanos();
        while (!items.isEmpty() && items.size() < settings.batchSize() && next != null && System.nanoTime() < end) {
            patience.whileIdle();
            var more = source.read(shard, next, settings.batchSize() - items.size());
            items.addAll(more.items());
            next = more.next();
        }
        return new Page(items, next);
    }

    /** Invokes until all of these are done; false if the triggers were closed before. */
    private boolean process(List<Item> items) {
        var left = items;
        var attempt = 0;
        while (!left.isEmpty() && !patience.isClosed()) {
            var batch = left.subList(0, fitting(left));
            var event = batch.stream().map(Item::json).collect(Collectors.joining(",", "{\"Records\":[", "]}"));
            var outcome = door.invokeWhenReachable(event, patience, notes);
            var done = done(outcome, batch);
            if (done > 0) {
                checkpoint = batch.get(done - 1).sequence();
                left = left.subList(done, left.size());
                attempt = 0;
            }
            if (done < batch.size()) {
                var reason = outcome instanceof Door.Outcome.Failed failure ? failure.reason() : "its reply";
                failed(++attempt, (batch.size() - done) + " records left over: " + reason);
            }
        }
        return left.isEmpty();
    }

    private int done(Door.Outcome outcome, List<Item> batch) {
        if (!(outcome instanceof Door.Outcome.Replied reply)) {
            return 0;
        }
        return settings.reportBatchItemFailures()
                ? BatchReply.done(
                        reply.body(), batch.stream().map(Item::sequence).toList())
                : batch.size();
    }

    private int fitting(List<Item> items) {
        var bytes = ENVELOPE_BYTES;
        for (var i = 0; i < items.size(); i++) {
            bytes += items.get(i).json().getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > settings.payloadBytes()) {
                return Math.max(1, i);
            }
        }
        return items.size();
    }

    private void failed(int attempt, String reason) {
        note(attempt, reason);
        patience.afterFailure(attempt);
    }

    private void note(int attempt, String reason) {
        // At attempts 1, 2, 4, 8 …: a batch that fails for hours shall not fill the console.
        if (Integer.bitCount(attempt) == 1 && !patience.isClosed()) {
            notes.accept(source.name() + ", " + shard + ", attempt " + attempt + ": " + reason);
        }
    }
}
