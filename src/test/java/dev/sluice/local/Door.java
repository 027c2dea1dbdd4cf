package dev.sluice.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** The function: an event goes in by HTTP POST, its reply comes back. */
final class Door implements AutoCloseable {

    /** How an invocation ended. */
    sealed interface Outcome {

        record Replied(String body) implements Outcome {}

        /** The function failed, as it would by throwing on Lambda. */
        record Failed(String reason) implements Outcome {}

        /** Nobody was there to take the event: not the function's fault, so it does not count as a try. */
        record Unreachable() implements Outcome {}
    }

    /** Lambda's Invoke API answers 200 with this header when the function has thrown. */
    private static final String FUNCTION_ERROR = "X-Amz-Function-Error";

    private final URI door;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Door(URI door, Duration timeout) {
        this.door = door;
        this.timeout = timeout;
    }

    Outcome invoke(String event) {
        var request = HttpRequest.newBuilder(door)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            var failed = response.headers().firstValue(FUNCTION_ERROR).isPresent();
            return response.statusCode() / 100 == 2 && !failed
                    ? new Outcome.Replied(response.body())
                    : new Outcome.Failed("status " + response.statusCode());
        } catch (ConnectException | HttpConnectTimeoutException _) {
            return new Outcome.Unreachable();
        } catch (IOException e) {
            return new Outcome.Failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted");
        }
    }

    /** As {@link #invoke}, but waits until somebody is there. */
    Outcome invokeWhenReachable(String event, Patience patience, Consumer<String> notes) {
        var attempt = 0;
        var outcome = invoke(event);
        while (outcome instanceof Outcome.Unreachable && !patience.isClosed()) {
            if (++attempt == 1) {
                notes.accept("nobody answers at " + door + ": waiting");
            }
            patience.afterFailure(attempt);
            outcome = invoke(event);
        }
        return outcome;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
