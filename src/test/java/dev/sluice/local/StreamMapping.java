package dev.sluice.local;

import dev.sluice.local.StreamSource.Shard;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An event source mapping of a stream: finds its shards, again and again, and gives each a thread of its own, but a
 * child only once all its parents have been read to their end, so that no key's records overtake each other.
 */
final class StreamMapping {

    private final StreamSource source;
    private final Function<String, ShardReader> readers;
    private final Invoker invoker;
    private final Set<String> started = new HashSet<>();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();

    StreamMapping(StreamSource source, StreamRules rules, TriggerSettings settings, Invoker invoker) {
        this.source = source;
        this.invoker = invoker;
        this.readers = shard -> new ShardReader(source, shard, rules, settings.payloadBytes(), invoker);
    }

    void run(ExecutorService threads) {
        var patience = invoker.patience();
        var attempt = 0;
        while (!patience.isClosed()) {
            try {
                discover(threads);
                attempt = 0;
                patience.untilDiscovery();
            } catch (RuntimeException e) {
                if (!patience.isClosed()) {
                    invoker.notes()
                            .accept("the shards of the " + source.name() + " could not be listed: " + e.getMessage());
                    patience.afterFailure(++attempt);
                }
            }
        }
    }

    private void discover(ExecutorService threads) {
        Map<String, Shard> shards = source.shards().stream().collect(Collectors.toMap(Shard::id, each -> each));
        for (var shard : shards.values()) {
            // A parent that the stream no longer lists has expired with all its records.
            var waits = shard.parents().stream().anyMatch(id -> shards.containsKey(id) && !finished.contains(id));
            if (!waits && started.add(shard.id())) {
                var reader = readers.apply(shard.id());
                threads.execute(() -> {
                    if (reader.readToEnd()) {
                        finished.add(shard.id());
                    }
                });
            }
        }
    }
}
