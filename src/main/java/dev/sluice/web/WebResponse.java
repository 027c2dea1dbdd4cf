package dev.sluice.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a route answers.
 *
 * @param headers names in lower case; {@code set-cookie} is not among them
 * @param cookies a value of {@code set-cookie} each
 * @param body text, or bytes in base64
 * @param base64 whether the body is bytes in base64
 */
public record WebResponse(int status, Map<String, String> headers, List<String> cookies, String body, boolean base64) {

    /** Of one character, as the bytes of its escape. */
    private static final int LONGEST_IN_JSON = 6;

    public WebResponse {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    /** Text. */
    public WebResponse(int status, Map<String, String> headers, String body) {
        this(status, headers, List.of(), body, false);
    }

    /** Bytes that are no text, such as a picture. */
    public static WebResponse ofBytes(int status, Map<String, String> headers, byte[] body) {
        return new WebResponse(status, headers, List.of(), Base64.getEncoder().encodeToString(body), true);
    }

    /** What the client gets. */
    byte[] bytes() {
        return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
    }

    WebResponse with(Map<String, String> more) {
        var all = new TreeMap<>(headers);
        all.putAll(more);
        return new WebResponse(status, all, cookies, body, base64);
    }

    /** The reply depends on that header of the request too (RFC 9110, 12.5.5). */
    WebResponse varying(String header) {
        String others = headers.getOrDefault("vary", "");
        return with(Map.of("vary", others.isEmpty() ? header : others + ", " + header));
    }

    WebResponse withoutBody() {
        return new WebResponse(status, headers, cookies, "", false);
    }

    /** Whether the body as a JSON string in UTF-8, in which Lambda takes it, has at most so many bytes. */
    boolean fits(int mostBytes) {
        return (long) LONGEST_IN_JSON * body.length() <= mostBytes || bytesInJson() <= mostBytes;
    }

    /** A surrogate counts for two. */
    private long bytesInJson() {
        return body.chars()
                .mapToLong(one -> switch (one) {
                    case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
                    default -> {
                        if (one < ' ') {
                            yield LONGEST_IN_JSON;
                        }
                        if (one < 0x80) {
                            yield 1;
                        }
                        yield one < 0x800 || Character.isSurrogate((char) one) ? 2 : 3;
                    }
                })
                .sum();
    }
}
