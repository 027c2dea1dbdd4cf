package dev.sluice.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * Lambda's <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke API</a>, synchronous calls only:
 * a function's error is a 200 with the header {@code X-Amz-Function-Error}.
 */
final class InvokeApi implements HttpHandler {

    private static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String path;
    private final Function function;

    InvokeApi(String path, Function function) {
        this.path = path;
        this.function = function;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
        byte[] event = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("X-Amzn-RequestId", UUID.randomUUID().toString());
        if (!exchange.getRequestURI().getPath().equals(path)) {
            refuse(exchange, 404, "ResourceNotFoundException", "Function not found");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, 405, "MethodNotAllowedException", "Invoke is a POST");
        } else if (type != null && !type.equals("RequestResponse")) {
            refuse(exchange, 400, "InvalidParameterValueException", "Only RequestResponse is offered here");
        } else if (event.length > MAX_EVENT_BYTES) {
            refuse(exchange, 413, "RequestTooLargeException", "Request must be smaller than 6291456 bytes");
        } else {
            invoke(exchange, event);
        }
    }

    private void invoke(HttpExchange exchange, byte[] event) throws IOException {
        Reply reply;
        try {
            reply = function.invoke(event, TIMEOUT);
        } catch (IllegalStateException e) {
            refuse(exchange, 502, "ServiceException", String.valueOf(e.getMessage()));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        exchange.getResponseHeaders().set("X-Amz-Executed-Version", "$LATEST");
        if (reply instanceof Reply.Failure) {
            exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
        }
        RuntimeApi.answer(exchange, 200, reply.body());
    }

    private static void refuse(HttpExchange exchange, int status, String type, String message) throws IOException {
        exchange.getResponseHeaders().set("X-Amzn-ErrorType", type);
        RuntimeApi.answer(exchange, status, Reply.Failure.of(type, message).body());
    }

    /** Runs the function once. */
    interface Function {
        Reply invoke(byte[] event, Duration timeout) throws InterruptedException;
    }
}
