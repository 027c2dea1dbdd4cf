package dev.sluice.live;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a connection wants to see; as JSON {@code {"feed":"…","key":"…"}}. Without either it is everything.
 *
 * @param feed changes of this feed's rows only
 * @param key changes of rows with this key only
 */
record Filter(Optional<String> feed, Optional<String> key) {

    /** No row's key is longer (Amazon DynamoDB Developer Guide, "Constraints", of a sort key). */
    static final int LONGEST = 1024;

    /**
     * The filter that a message asks for; nothing if it is malformed. Other fields are passed over, since API Gateway can
     * be told to choose a route by one.
     */
    static Optional<Filter> of(String message, JsonMapper mapper) {
        try {
            JsonNode json = mapper.readTree(message);
            JsonNode feed = json.path("feed");
            JsonNode key = json.path("key");
            if (json.isObject() && fits(feed) && fits(key)) {
                return Optional.of(new Filter(feed.stringValueOpt(), key.stringValueOpt()));
            }
        } catch (JacksonException _) {
            // It is malformed.
        }
        return Optional.empty();
    }

    /** Whether it lets a change through. */
    boolean wants(LiveChange change) {
        return feed.orElse(change.feed()).equals(change.feed())
                && key.orElse(change.key()).equals(change.key());
    }

    private static boolean fits(JsonNode text) {
        return text.isMissingNode()
                || (text.isString()
                        && !text.asString().isEmpty()
                        && text.asString().length() <= LONGEST);
    }
}
