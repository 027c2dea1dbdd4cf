package dev.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A DynamoDB that takes every write and keeps nothing. */
final class NoOpDynamo {

    private static final byte[] ANSWER = NoOpServer.ok(
            "application/x-amz-json-1.0", "{\"UnprocessedItems\":{}}".getBytes(StandardCharsets.US_ASCII));

    private NoOpDynamo() {}

    /** The second port answers after 5 ms. */
    public static void main(String[] arguments) throws IOException {
        NoOpServer.run(
                (_, body, length) -> {
                    body.skipNBytes(length);
                    return ANSWER;
                },
                Duration.ofMillis(5));
    }
}
