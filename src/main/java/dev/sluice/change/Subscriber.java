package dev.sluice.change;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A configured consumer, and the last sequences of the keys that it was given last: what is known of them lives as long as
 * this process.
 */
final class Subscriber {

    private final String name;
    private final Consumer<ChangeEvent> consumer;
    private final Map<String, String> last;

    Subscriber(String name, Consumer<ChangeEvent> consumer, int rememberedKeys) {
        this.name = name;
        this.consumer = consumer;
        this.last = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > rememberedKeys;
            }
        };
    }

    String name() {
        return name;
    }

    Consumer<ChangeEvent> consumer() {
        return consumer;
    }

    synchronized boolean isNew(String source, String subject, String sequence) {
        return new LastSequences(last).isNew(source, subject, sequence);
    }

    /** These are dealt with for good. */
    synchronized void remember(Map<String, String> sequences) {
        sequences.forEach((key, sequence) ->
                last.merge(key, sequence, (before, now) -> before.compareTo(now) < 0 ? now : before));
    }
}
