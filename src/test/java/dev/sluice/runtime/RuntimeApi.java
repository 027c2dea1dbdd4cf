package dev.sluice.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.runtime.Reply.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's two HTTP interfaces around one runtime process: the
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a> that the process polls, and the
 * <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke API</a> that callers post events to.
 * Events wait in line, because the process takes one at a time.
 */
final class RuntimeApi implements AutoCloseable {

    private static final String RUNTIME = "/2018-06-01/runtime/";
    private static final int MAX_REPLY_BYTES = 6 * 1024 * 1024 + 100;

    private final String function;
    private final String invocations;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Instant> ready = new CompletableFuture<>();
    private final CompletableFuture<String> stopped = new CompletableFuture<>();

    private RuntimeApi(String function) throws IOException {
        this.function = function;
        invocations = "/2015-03-31/functions/" + function + "/invocations";
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(RUNTIME + "invocation/", closing(this::runtime));
        server.createContext(RUNTIME + "init/error", closing(this::initError));
        server.createContext("/2015-03-31/", closing(new InvokeApi(invocations, this::invoke)));
    }

    static RuntimeApi start(String function) throws IOException {
        var api = new RuntimeApi(function);
        api.server.start();
        return api;
    }

    /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} wants them. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where the Invoke API takes events for the function. */
    URI invocations() {
        return URI.create("http://" + authority() + invocations);
    }

    /** Completes when the process first asks for an event: its initialisation is over. */
    CompletableFuture<Instant> ready() {
        return ready;
    }

    /** Tells everyone who waits, now or later, that no process will answer any more. */
    void stop(String reason) {
        stopped.complete(reason);
        ready.completeExceptionally(new IllegalStateException(reason));
    }

    /**
     * Hands an event over and waits for what becomes of it.
     *
     * @throws IllegalStateException if the process has stopped
     */
    Reply invoke(byte[] event, Duration timeout) throws InterruptedException {
        var invocation = Invocation.of(event, timeout);
        waiting.add(invocation);
        try {
            CompletableFuture.anyOf(invocation.reply(), stopped).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Failure.of("Sandbox.Timedout", "Task timed out after " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            waiting.remove(invocation);
            running.remove(invocation.id());
        }
        Reply reply = invocation.reply().getNow(null);
        if (reply == null) {
            throw new IllegalStateException(stopped.getNow("stopped"));
        }
        return reply;
    }

    private void runtime(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(RUNTIME.length()).split("/", -1);
        if (path.length == 2 && path[1].equals("next")) {
            next(exchange);
        } else if (path.length == 3 && path[2].equals("response")) {
            var body = exchange.getRequestBody().readAllBytes();
            finish(
                    exchange,
                    path[1],
                    body.length > MAX_REPLY_BYTES
                            ? Failure.of("Function.ResponseSizeTooLarge", "Response of " + body.length + " bytes")
                            : new Reply.Success(body));
        } else if (path.length == 3 && path[2].equals("error")) {
            finish(exchange, path[1], reported(exchange));
        } else {
            answer(exchange, 404, new byte[0]);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(Instant.now());
        Invocation invocation;
        try {
            invocation = waiting.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        running.put(invocation.id(), invocation);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(invocation.deadline().toEpochMilli()));
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:" + function);
        headers.set(
                "Lambda-Runtime-Trace-Id",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
        answer(exchange, 200, invocation.event());
    }

    private void finish(HttpExchange exchange, String id, Reply reply) throws IOException {
        var invocation = running.remove(id);
        // An answer after the timeout finds nobody waiting; Lambda itself would have killed the process by then.
        if (invocation != null) {
            invocation.reply().complete(reply);
        }
        answer(exchange, 202, "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
    }

    private void initError(HttpExchange exchange) throws IOException {
        var failure = reported(exchange);
        answer(exchange, 202, new byte[0]);
        stop("Initialisation failed: " + failure.errorType());
    }

    private static Failure reported(HttpExchange exchange) throws IOException {
        var category = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        return Failure.reported(exchange.getRequestBody().readAllBytes(), category == null ? "Unknown" : category);
    }

    /** Answers so that the connection stays open: the server cuts it where a request body was left unread. */
    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static HttpHandler closing(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        };
    }

    @Override
    public void close() {
        stop("Closed");
        server.stop(0);
        threads.shutdownNow();
    }
}
