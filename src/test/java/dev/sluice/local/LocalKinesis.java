package dev.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.local.KinesisFault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A Kinesis for tests, in memory. It enforces the {@link KinesisLimits} of the real one and shows {@link KinesisFaults}
 * when told to: in this process, or with {@code POST /_faults} and {@code DELETE /_faults}.
 *
 * <p>Not played: enhanced fan-out, encryption, tags, on-demand scaling, and the limits on calls a second.
 */
public final class LocalKinesis implements AutoCloseable {

    private static final String TARGET = "Kinesis_20131202.";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final KinesisFaults faults = new KinesisFaults();
    private final KinesisOperations operations;

    private LocalKinesis(KinesisLimits limits, Clock clock, LongSupplier nanoTime) throws IOException {
        operations = new KinesisOperations(limits, faults, clock, nanoTime);
        // Else every reply waits for the client's delayed acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.createContext("/_faults", this::setFaults);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts one on a free port of 127.0.0.1. */
    public static LocalKinesis start(KinesisLimits limits) throws IOException {
        return start(limits, Clock.systemUTC(), System::nanoTime);
    }

    static LocalKinesis start(KinesisLimits limits, Clock clock, LongSupplier nanoTime) throws IOException {
        return new LocalKinesis(limits, clock, nanoTime);
    }

    public static void main(String[] args) {
        Lifeline.serve(() -> start(KinesisLimits.DOCUMENTED).port());
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public KinesisFaults faults() {
        return faults;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("X-Amz-Target"), "");
            var wire = KinesisWire.of(exchange.getRequestHeaders().getFirst("Content-Type"));
            var body = exchange.getRequestBody().readAllBytes();
            var operation = target.startsWith(TARGET) ? target.substring(TARGET.length()) : target;
            var delay = faults.onRequest(Kind.DELAY_REQUESTS, operation);
            if (delay.isPresent() && wait(delay.get())) {
                return;
            }
            try {
                var refusal = faults.onRequest(Kind.FAIL_REQUESTS, operation);
                if (refusal.isPresent()) {
                    throw new KinesisError(
                            Objects.requireNonNullElse(refusal.get().error(), KinesisError.INTERNAL),
                            "A fault that was asked for");
                }
                var reply = operations.answer(operation, new KinesisRequest(wire.read(body)), wire);
                var loss = faults.onRequest(Kind.LOSE_REPLIES, operation);
                if (loss.isPresent()) {
                    wait(loss.get());
                    return;
                }
                send(exchange, 200, wire.contentType(), wire.write(reply));
            } catch (KinesisError e) {
                var error = JsonNodeFactory.instance
                        .objectNode()
                        .put("__type", e.type())
                        .put("message", e.getMessage());
                send(exchange, e.status(), wire.contentType(), wire.write(error));
            } catch (RuntimeException e) {
                Lifeline.note(operation + " failed: " + e);
                send(exchange, 500, wire.contentType(), new byte[0]);
            }
        }
    }

    /** Waits for as long as the fault says; true if this server was closed meanwhile. */
    private boolean wait(KinesisFault fault) {
        try {
            return closed.await(Objects.requireNonNullElse(fault.millis(), 0L), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    private void setFaults(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod().toUpperCase(Locale.ROOT)) {
                case "POST" -> {
                    var body = exchange.getRequestBody().readAllBytes();
                    try {
                        faults.add(JSON.readValue(body, KinesisFault.class));
                        send(exchange, 204, "application/json", new byte[0]);
                    } catch (JacksonException e) {
                        send(exchange, 400, "text/plain", e.getOriginalMessage().getBytes(UTF_8));
                    }
                }
                case "DELETE" -> {
                    faults.clear();
                    send(exchange, 204, "application/json", new byte[0]);
                }
                default -> send(exchange, 405, "text/plain", new byte[0]);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
