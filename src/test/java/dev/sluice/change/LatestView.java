package dev.sluice.change;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A consumer that keeps the latest data of each row in memory: the smallest one that does something. It is called for
 * different keys at the same time, so its map is one for several threads.
 */
public final class LatestView implements Consumer<ChangeEvent> {

    private final Map<String, ChangeEvent> latest = new ConcurrentHashMap<>();

    @Override
    public void accept(ChangeEvent event) {
        latest.put(event.subject(), event);
    }

    /** The latest event of each row, by feed and key. */
    public Map<String, ChangeEvent> latest() {
        return latest;
    }
}
