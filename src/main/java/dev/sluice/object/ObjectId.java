package dev.sluice.object;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The ledger's name of an object, safe in a URL's path: bucket and key in base64url. */
final class ObjectId {

    private ObjectId() {}

    static String of(String bucket, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((bucket + "/" + key).getBytes(StandardCharsets.UTF_8));
    }
}
