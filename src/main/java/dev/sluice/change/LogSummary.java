package dev.sluice.change;

import java.io.Flushable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line a batch: how many rows of which feed were inserted, modified and removed; never what is in them. */
final class LogSummary implements Consumer<ChangeEvent>, Flushable {

    private static final Logger LOG = LoggerFactory.getLogger(LogSummary.class);

    private final Map<String, LongAdder> counts = new TreeMap<>();

    @Override
    public synchronized void accept(ChangeEvent event) {
        counts.computeIfAbsent(event.feed() + " " + event.kind().word(), _ -> new LongAdder())
                .increment();
    }

    @Override
    public synchronized void flush() {
        if (!counts.isEmpty()) {
            LOG.info("Changes: {}", counts);
            counts.clear();
        }
    }
}
