package dev.sluice.object;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * The ledger's name of an object, safe in a URL's path: bucket and key in base64url; and of a part of it, which is the
 * same, a number sign, and the part's number.
 */
public final class ObjectId {

    private ObjectId() {}

    public static String of(String bucket, String key) {
        return of(bucket + "/" + key);
    }

    /** @param object bucket and key, with a slash between them */
    static String of(String object) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(object.getBytes(StandardCharsets.UTF_8));
    }

    static String part(String object, int number) {
        return object + "#" + number;
    }

    /** The name of what tells which parts have been read since then. */
    static String partsDone(String object, Instant started) {
        return object + "#done#" + started;
    }

    static boolean isPart(String id) {
        return id.contains("#");
    }
}
