package dev.sluice.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event on its way through the runtime, and the place where its reply arrives. */
@SuppressWarnings("ArrayRecordComponent")
record Invocation(String id, byte[] event, Instant deadline, CompletableFuture<Reply> reply) {

    static Invocation of(byte[] event, Duration timeout) {
        return new Invocation(
                UUID.randomUUID().toString(), event, Instant.now().plus(timeout), new CompletableFuture<>());
    }
}
