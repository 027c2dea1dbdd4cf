package dev.sluice.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A function that keeps its events and replies as it is told. */
final class ScriptedDoor implements AutoCloseable {

    record Reply(int status, String body) {

        static final Reply OK = new Reply(200, "");
        static final Reply ERROR = new Reply(500, "");

        static Reply failures(String... identifiers) {
            var items = List.of(identifiers).stream()
                    .map("{\"itemIdentifier\":\"%s\"}"::formatted)
                    .toList();
            return new Reply(200, "{\"batchItemFailures\":[" + String.join(",", items) + "]}");
        }
    }

    private final HttpServer server;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Function<JsonNode, Reply> script;

    private ScriptedDoor(int port, Function<JsonNode, Reply> script) throws IOException {
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static ScriptedDoor open(Function<JsonNode, Reply> script) throws IOException {
        return new ScriptedDoor(0, script);
    }

    static ScriptedDoor open(int port, Function<JsonNode, Reply> script) throws IOException {
        return new ScriptedDoor(port, script);
    }

    void follow(Function<JsonNode, Reply> other) {
        script = other;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/functions/triggerRouter");
    }

    /** Every event so far, those that failed included. */
    List<JsonNode> events() {
        return events;
    }

    List<String> bodies() {
        return bodies;
    }

    /** The data of the Kinesis records of each event. */
    List<List<String>> data() {
        return events.stream().map(ScriptedDoor::data).toList();
    }

    static List<String> data(JsonNode event) {
        return event.path("Records")
                .valueStream()
                .map(each -> new String(each.at("/kinesis/data").binaryValue(), StandardCharsets.UTF_8))
                .toList();
    }

    static List<String> sequences(JsonNode event) {
        return event.path("Records")
                .valueStream()
                .map(each -> each.at("/kinesis/sequenceNumber").asString())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var event = JsonMapper.shared().readTree(body);
            var reply = "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                    ? script.apply(event)
                    : new Reply(415, "");
            bodies.add(body);
            events.add(event);
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
