package dev.sluice.feed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every configured feed, in order. No two of them match the same object. */
public final class Feeds {

    private final Map<String, Feed> byName = new LinkedHashMap<>();
    private final Map<Feed, KeyGlob> globs = new LinkedHashMap<>();

    Feeds(List<Feed> feeds) {
        for (Feed feed : feeds) {
            byName.put(feed.name(), feed);
            globs.put(feed, KeyGlob.of(feed.glob()));
        }
    }

    /**
     * An object's feed.
     *
     * @param columns what the named parts of the feed's pattern are in the object's key
     */
    public record Match(Feed feed, Map<String, String> columns) {}

    /** The feeds in the order of the settings. */
    public List<Feed> all() {
        return List.copyOf(byName.values());
    }

    /** The feed of that name. */
    public Optional<Feed> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The feed that an object belongs to. */
    public Optional<Match> match(String bucket, String key) {
        for (var entry : globs.entrySet()) {
            Feed feed = entry.getKey();
            if (feed.bucket().isEmpty() || feed.bucket().equals(bucket)) {
                Optional<Match> match = entry.getValue().match(key).map(columns -> new Match(feed, columns));
                if (match.isPresent()) {
                    return match;
                }
            }
        }
        return Optional.empty();
    }
}
