package dev.sluice.change;

import java.io.Flushable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line a batch: how many rows of which feed were inserted, modified and removed; never what is in them. */
final class LogSummary implements Consumer<ChangeEvent>, Flushable {

    private static final Logger LOG = LoggerFactory.getLogger(LogSummary.class);

    /** Names in an event are content: only such as a feed can have are written into a log, and not too many of them. */
    private static final Pattern FEED = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private static final int MOST_FEEDS = 100;

    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public synchronized void accept(ChangeEvent event) {
        boolean known = FEED.matcher(event.feed()).matches() && counts.size() < MOST_FEEDS;
        counts.merge((known ? event.feed() : "others") + " " + event.kind().word(), 1L, Long::sum);
    }

    @Override
    public synchronized void flush() {
        if (!counts.isEmpty()) {
            LOG.info("Changes: {}", counts);
            counts.clear();
        }
    }
}
