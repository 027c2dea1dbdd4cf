package dev.sluice.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.springframework.util.DigestUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of AWS as the samples need to succeed, where the local cloud is not at hand. S3 has the files of a folder under
 * their paths in every bucket and forgets what is put; tables keep items by their keys and know no more of conditions
 * than that an item is there; Kinesis and SQS take everything and forget it.
 */
final class AwsStandIn implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SET = Pattern.compile("(#?\\w+) = (:\\w+)");
    private static final Pattern RECORD = Pattern.compile("PartitionKey", Pattern.LITERAL);

    private final Path files;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<JsonNode, ObjectNode> items = new ConcurrentHashMap<>();

    AwsStandIn(Path files) throws IOException {
        this.files = files;
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The endpoint of every service. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What a deployment sets so that Sluice uses it. */
    Map<String, String> settings() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint(),
                "SLUICE_BUCKET", "sluice-files",
                "SLUICE_STORE_BUCKET", "sluice-store",
                "SLUICE_ROWS_TABLE", "sluice-rows",
                "SLUICE_LEDGER_TABLE", "sluice-ledger",
                "SLUICE_CONNECTIONS_TABLE", "sluice-connections",
                "SLUICE_CHANGES_STREAM", "sluice-changes",
                "SLUICE_WORK_QUEUE", endpoint() + "/000000000000/sluice-work",
                "SLUICE_WORK_LETTERS", endpoint() + "/000000000000/sluice-letters",
                "SLUICE_LETTERS_QUEUE", "sluice-failed");
    }

    /** Forgets all items, so that objects are read again. */
    void clear() {
        items.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (target == null) {
                object(exchange);
            } else if (target.endsWith(".PutRecords")) {
                long records = RECORD.matcher(new String(body, UTF_8)).results().count();
                send(exchange, 200, "application/x-amz-cbor-1.1", taken((int) records));
            } else {
                String operation = target.substring(target.indexOf('.') + 1);
                JsonNode answer = call(operation, JSON.readTree(body));
                send(
                        exchange,
                        answer.has("__type") ? 400 : 200,
                        "application/x-amz-json-1.0",
                        JSON.writeValueAsBytes(answer));
            }
        }
    }

    private void object(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String key = path.replaceFirst("^/[^/]*/?", "");
        switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> {
                Path file = files.resolve(key).normalize();
                if (key.isEmpty()) {
                    send(
                            exchange,
                            200,
                            "application/xml",
                            "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>".getBytes(US_ASCII));
                } else if (file.startsWith(files) && Files.isRegularFile(file)) {
                    exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef0123456789abcdef\"");
                    exchange.getResponseHeaders().set("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT");
                    send(exchange, 200, "application/octet-stream", Files.readAllBytes(file));
                } else {
                    send(exchange, 404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>".getBytes(US_ASCII));
                }
            }
            case "PUT", "DELETE" -> send(exchange, 200, "application/xml", new byte[0]);
            default -> throw new IOException("The stand-in knows no such request to S3: add it to AwsStandIn.");
        }
    }

    private synchronized JsonNode call(String operation, JsonNode request) throws IOException {
        var answer = JSON.createObjectNode();
        String condition = request.path("ConditionExpression").asString("");
        switch (operation) {
            case "GetItem" -> {
                ObjectNode item = items.get(request.path("Key"));
                if (item != null) {
                    answer.set("Item", item);
                }
            }
            case "PutItem" -> {
                var item = (ObjectNode) request.path("Item");
                items.put(key(item), item);
            }
            case "UpdateItem" -> {
                if (condition.contains("attribute_exists") && !items.containsKey(request.path("Key"))) {
                    return answer.put("__type", "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException");
                }
                answer.set("Attributes", update(request));
            }
            case "TransactWriteItems" -> {
                for (JsonNode write : request.path("TransactItems")) {
                    String action = write.propertyNames().iterator().next();
                    call(action + "Item", write.path(action));
                }
            }
            case "DeleteItem" -> items.remove(request.path("Key"));
            case "BatchGetItem" -> answer.putObject("Responses");
            case "BatchWriteItem" -> answer.putObject("UnprocessedItems");
            case "Query", "Scan" -> answer.put("Count", 0).putArray("Items");
            case "SendMessageBatch" -> {
                var sent = answer.putArray("Successful");
                for (JsonNode entry : request.path("Entries")) {
                    byte[] message = entry.path("MessageBody").asString().getBytes(UTF_8);
                    sent.addObject()
                            .put("Id", entry.path("Id").asString())
                            .put("MessageId", "1")
                            .put("MD5OfMessageBody", DigestUtils.md5DigestAsHex(message));
                }
            }
            default -> throw new IOException("The stand-in does not know " + operation + ": add it to AwsStandIn.");
        }
        return answer;
    }

    private ObjectNode update(JsonNode request) {
        JsonNode key = request.path("Key");
        ObjectNode item = items.computeIfAbsent(key, _ -> (ObjectNode) key.deepCopy());
        SET.matcher(request.path("UpdateExpression").asString()).results().forEach(assignment -> {
            String name = assignment.group(1);
            item.set(
                    request.path("ExpressionAttributeNames").path(name).asString(name),
                    request.path("ExpressionAttributeValues").path(assignment.group(2)));
        });
        return item;
    }

    private static ObjectNode key(ObjectNode item) {
        var key = JSON.createObjectNode();
        for (String name : new String[] {"pk", "sk", "id"}) {
            if (item.has(name)) {
                key.set(name, item.path(name));
            }
        }
        return key;
    }

    /** PutRecords' answer as the SDK asks for it, in CBOR (RFC 8949). */
    private static byte[] taken(int records) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(0xA2); // a map of two
        text(out, "FailedRecordCount");
        out.write(0); // the number 0
        text(out, "Records");
        out.write(new byte[] {(byte) 0x99, (byte) (records >> 8), (byte) records}); // an array
        for (int i = 0; i < records; i++) {
            out.write(0xA2);
            text(out, "SequenceNumber");
            text(out, "49657" + "1234567890".repeat(5) + "1");
            text(out, "ShardId");
            text(out, "shardId-000000000001");
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) throws IOException {
        out.write(new byte[] {0x78, (byte) text.length()});
        out.write(text.getBytes(US_ASCII));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
