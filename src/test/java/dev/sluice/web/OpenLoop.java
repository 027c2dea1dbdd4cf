package dev.sluice.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at fixed times, however long the answers take. Each one's time counts from when it was due, so that
 * whoever makes others wait is seen to.
 */
final class OpenLoop implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** How long the answers took, the shortest first. */
    record Times(List<Double> millis) {

        double percentile(int percent) {
            return millis.get(Math.ceilDiv(millis.size() * percent, 100) - 1);
        }
    }

    /**
     * Asks these in turns.
     *
     * @throws IllegalStateException if one is not answered with 200
     */
    Times ask(List<URI> addresses, int perSecond, Duration time) {
        int count = (int) (perSecond * time.toSeconds());
        double[] millis = new double[count];
        var failed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                int number = i;
                long due = start + i * 1_000_000_000L / perSecond;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                threads.execute(() -> {
                    if (!isAnswered(addresses.get(number % addresses.size()))) {
                        failed.incrementAndGet();
                    }
                    millis[number] = (System.nanoTime() - due) / 1e6;
                });
            }
        }
        if (failed.get() > 0) {
            throw new IllegalStateException("%d of %d requests were not answered.".formatted(failed.get(), count));
        }
        return new Times(Arrays.stream(millis).sorted().boxed().toList());
    }

    private boolean isAnswered(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
