package dev.sluice.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A read's strong validator, the SHA-256 of its body, and the answer to who has that already (RFC 9110, 8.8.3 and
 * 13.1.2).
 */
final class ETag {

    private ETag() {}

    /** The reply with its validator, or 304 without a body where the request names it. */
    static WebResponse validated(WebRequest request, WebResponse reply) {
        String tag = of(reply.bytes());
        if (!names(request.header("if-none-match"), tag)) {
            return reply.with(Map.of("etag", tag));
        }
        var headers = new TreeMap<>(reply.headers());
        headers.remove("content-type");
        headers.put("etag", tag);
        return new WebResponse(304, headers, "");
    }

    private static boolean names(String ifNoneMatch, String tag) {
        return Arrays.stream(ifNoneMatch.split(","))
                .map(String::strip)
                // The comparison is the weak one: a cache on the way may have marked the tag as weak.
                .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                .anyMatch(one -> one.equals("*") || one.equals(tag));
    }

    static String of(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
