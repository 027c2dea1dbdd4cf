package dev.sluice.feed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every configured feed, in order. */
public final class Feeds {

    private final Map<String, Feed> byName = new LinkedHashMap<>();
    private final Map<Feed, KeyGlob> globs = new LinkedHashMap<>();

    Feeds(List<Feed> feeds) {
        for (Feed feed : feeds) {
            byName.put(feed.name(), feed);
            globs.put(feed, KeyGlob.of(feed.glob()));
        }
    }

    /** The feeds in the order of the settings. */
    public List<Feed> all() {
        return List.copyOf(byName.values());
    }

    /** The feed of that name. */
    public Optional<Feed> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The first feed that an object belongs to. */
    public Optional<Feed> match(String bucket, String key) {
        return globs.entrySet().stream()
                .filter(entry -> entry.getKey().bucket().isEmpty()
                        || entry.getKey().bucket().equals(bucket))
                .filter(entry -> entry.getValue().matches(key))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
