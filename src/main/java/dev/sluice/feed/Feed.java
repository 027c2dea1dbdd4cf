package dev.sluice.feed;

import dev.sluice.format.Format;
import java.util.List;

/**
 * A named rule: which objects belong to it, how they are read and how their rows are keyed.
 *
 * @param name lower-case letters, digits and hyphens
 * @param bucket the bucket of its objects; empty for any
 * @param glob the pattern of its objects' keys
 * @param format how an object's plain bytes become records
 * @param key the columns whose values are a row's key; none if a row is known by its place in the object
 */
public record Feed(String name, String bucket, String glob, Format format, List<String> key) {

    public Feed {
        key = List.copyOf(key);
    }

    /** The key that an object of that name gets when it is uploaded for this feed. */
    public String keyFor(String objectName) {
        return KeyGlob.of(glob).folder() + objectName;
    }
}
