package dev.sluice.change;

import java.util.Map;
import java.util.Objects;

/**
 * Tells new change events from repeated and late copies: an event is new if its {@code sequence} is above the last one
 * seen of its key. For consumers that read the stream by themselves; it needs nothing but this class.
 * docs/change-feed.md says what copies there are.
 *
 * <p>Not safe for use by several threads, and of a key all events have to pass through the same one.
 */
public final class LastSequences {

    private final Map<String, String> last;

    /**
     * Goes on from what was seen.
     *
     * @param last the last sequence of each key; it grows by an entry a key. Memory is bounded where it removes entries by
     *     itself, such as a {@link java.util.LinkedHashMap} in access order with its {@code removeEldestEntry}; a copy that
     *     comes after its key was removed is taken for new
     */
    public LastSequences(Map<String, String> last) {
        this.last = Objects.requireNonNull(last, "last");
    }

    /**
     * Whether the event is new; if not, it is to be dropped.
     *
     * @param source the event's source
     * @param subject the event's subject, which is its feed and key
     * @param sequence the event's sequence
     */
    public boolean isNew(String source, String subject, String sequence) {
        String before = last.get(key(source, subject));
        return before == null || before.compareTo(sequence) < 0;
    }

    /** The new event is dealt with: from now on copies of it, and of all earlier ones of its key, are not new. */
    public void seen(String source, String subject, String sequence) {
        last.put(key(source, subject), sequence);
    }

    /** A source is a URI reference, which holds no line break. */
    private static String key(String source, String subject) {
        return source + "\n" + subject;
    }
}
