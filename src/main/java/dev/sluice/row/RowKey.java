package dev.sluice.row;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a row is known by.
 *
 * @param feed the feed's name
 * @param key the row's key inside the feed; at most 1,024 bytes of UTF-8
 */
public record RowKey(String feed, String key) {

    /**
     * The key of one or several values. Several are joined by {@code |}; a {@code |} or {@code \} inside a value gets a
     * {@code \} in front, so that different values never make the same key. A single value is the key as it is.
     */
    public static RowKey of(String feed, List<String> values) {
        if (values.size() == 1) {
            return new RowKey(feed, values.getFirst());
        }
        return new RowKey(
                feed,
                values.stream()
                        .map(value -> value.replace("\\", "\\\\").replace("|", "\\|"))
                        .collect(Collectors.joining("|")));
    }
}
