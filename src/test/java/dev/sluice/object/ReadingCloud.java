package dev.sluice.object;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.feed.FeedConfiguration;
import dev.sluice.row.RowConfiguration;
import dev.sluice.store.StoreConfiguration;
import dev.sluice.work.WorkConfiguration;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.DigestUtils;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code readObjects} over as much of S3 and DynamoDB as reading talks to, in this process: quick enough for a property,
 * and small enough for a small heap. The object is made while it is sent; of rows only their number is kept.
 */
final class ReadingCloud implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final TestPropertyValues properties;
    private final List<Class<?>> beans;
    private final String endpoint;
    private volatile ConfigurableApplicationContext context;

    private final AtomicInteger rows = new AtomicInteger();
    private final SortedMap<String, List<JsonNode>> rejects = new ConcurrentSkipListMap<>();
    private final ObjectStandIn object = new ObjectStandIn();
    private final LedgerStandIn ledger = new LedgerStandIn();
    private final BlockingQueue<ObjectNotices> work = new LinkedBlockingQueue<>();
    private final AtomicReference<Runnable> afterSending = new AtomicReference<>(() -> {});
    private volatile Optional<String> refusal = Optional.empty();
    private volatile int refusalStatus;
    private volatile boolean concealed;
    private volatile Duration rowDelay = Duration.ZERO;

    /** An object's bytes, given as streams from one of them on so that they need not lie in memory. */
    record Content(long length, LongFunction<InputStream> from) {

        Content(long length, Supplier<InputStream> bytes) {
            this(length, from -> {
                InputStream in = bytes.get();
                try {
                    in.skipNBytes(from);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return in;
            });
        }

        static Content of(byte[] bytes) {
            return new Content(bytes.length, from -> new ByteArrayInputStream(bytes, (int) from, bytes.length));
        }

        /** What lies behind its first bytes. */
        Content behind(long first) {
            return new Content(length - first, more -> from.apply(first + more));
        }

        InputStream stream() {
            return from.apply(0);
        }
    }

    /** What one read said and left behind. */
    record Read(ObjectOutcome outcome, JsonNode ledger, int rows, List<JsonNode> rejects) {}

    ReadingCloud(List<Class<?>> beans, String... settings) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        this.beans = beans;
        endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        properties = TestPropertyValues.of(
                "aws.region=us-east-1",
                "aws.accessKeyId=id",
                "aws.secretAccessKey=secret",
                "aws.endpointUrlS3=" + endpoint,
                "aws.endpointUrlDynamoDb=" + endpoint,
                "aws.endpointUrlSqs=" + endpoint);
        context = start(settings);
    }

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(
                        AwsConfiguration.class,
                        RowConfiguration.class,
                        StoreConfiguration.class,
                        WorkConfiguration.class,
                        FeedConfiguration.class,
                        ObjectConfiguration.class,
                        JacksonAutoConfiguration.class)
                .sources(beans.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(Stream.concat(
                                Stream.of(
                                        "--sluice.bucket=files",
                                        "--sluice.rows.table=rows",
                                        "--sluice.ledger.table=ledger",
                                        "--sluice.store.bucket=store",
                                        "--sluice.work.queue=" + endpoint + "/1/work",
                                        "--logging.level.dev.sluice.object=warn"),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    /** From now on Sluice runs with these settings; what it has kept stays. */
    void deploy(String... settings) {
        context.close();
        context = start(settings);
    }

    /** From now on each batch of rows takes that long. */
    void delayRows(Duration delay) {
        rowDelay = delay;
    }

    /** Until it is told otherwise, S3 tells of objects but gives none out, and says this error code instead. */
    void refuse(Optional<String> code) {
        refusal = code;
        refusalStatus = 403;
        concealed = false;
    }

    /** The same, and S3 does not even tell of objects. */
    void conceal(String code) {
        conceal(403, code);
    }

    void conceal(int status, String code) {
        refusal = Optional.of(code);
        refusalStatus = status;
        concealed = true;
    }

    /** Which writes of the ledger meet others from now on, by their number, and are refused. */
    void meet(IntPredicate which) {
        ledger.meet(which);
    }

    /** The object that is read. */
    ObjectStandIn object() {
        return object;
    }

    /** Does something with a part of Sluice, which talks to this cloud meanwhile. */
    <T, R> R with(Class<T> part, Function<T, R> work) {
        return properties.applyToSystemProperties(() -> work.apply(context.getBean(part)));
    }

    /** The names of the files in which rejects are kept, in order. */
    List<String> rejectFiles() {
        return List.copyOf(rejects.keySet());
    }

    /** Is done once, when messages lie in the work queue but whoever sent them has not heard of it. */
    void onceSent(Runnable work) {
        afterSending.set(work);
    }

    /** Reads an object that nobody has read before. */
    Read read(String key, Content object) {
        ReadReport report = report(key, object);
        return new Read(report.objects().getFirst(), item(key), rows.get(), rejects());
    }

    private List<JsonNode> rejects() {
        return rejects.values().stream().flatMap(List::stream).toList();
    }

    /** Reads an object that nobody has read before in parts, so many at a time; answers its ledger item. */
    JsonNode readInParts(String key, Content object, int workers) throws Exception {
        report(key, object);
        String id = ObjectId.of("files", key);
        try (var pool = Executors.newFixedThreadPool(workers)) {
            var readers = Collections.nCopies(workers, (Callable<Void>) () -> readOn(id));
            for (var reader : properties.applyToSystemProperties(() -> pool.invokeAll(readers))) {
                reader.get();
            }
        }
        return ledger.item(id);
    }

    private @Nullable Void readOn(String id) throws InterruptedException {
        while (ledger.item(id).path("state").path("S").asString().equals("reading")) {
            ObjectNotices notices = work.poll(10, TimeUnit.MILLISECONDS);
            if (notices != null && !read(notices).unread().isEmpty()) {
                throw new IllegalStateException("A part could not be read.");
            }
        }
        return null;
    }

    boolean isQueueEmpty() {
        return work.isEmpty();
    }

    /** Reads what the next message tells of. False if there is none. */
    boolean readNext() {
        ObjectNotices notices = work.poll();
        return notices != null
                && properties
                        .applyToSystemProperties(() -> read(notices))
                        .unread()
                        .isEmpty();
    }

    /** The object as the ledger knows it. */
    JsonNode item(String key) {
        return ledger.item(ObjectId.of("files", key));
    }

    /** What reading an object comes to that nobody has read before. */
    ReadReport report(String key, Content content) {
        object.begin(content);
        ledger.clear();
        work.clear();
        rows.set(0);
        rejects.clear();
        return report(key);
    }

    /** What reading the objects comes to. */
    ReadReport report(String... keys) {
        var notices = new ObjectNotices(
                Stream.of(keys).map(key -> new ObjectNotice("files", key)).toList());
        return properties.applyToSystemProperties(() -> read(notices));
    }

    private ReadReport read(ObjectNotices notices) {
        return context.getBean(ReadObjects.class).apply(notices);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "HEAD" -> {
                    if (concealed) {
                        exchange.sendResponseHeaders(refusalStatus, -1);
                    } else {
                        object.head(exchange);
                    }
                }
                case "GET" -> {
                    if (exchange.getRequestURI().getPath().equals("/store")) {
                        send(exchange, text(list(exchange.getRequestURI().getQuery())));
                    } else if (refusal.isPresent()) {
                        send(exchange, refusalStatus, text("<Error><Code>" + refusal.get() + "</Code></Error>"));
                    } else {
                        object.get(exchange);
                    }
                }
                case "PUT" -> {
                    keep(exchange.getRequestURI().getPath(), body(exchange));
                    send(exchange, text(""));
                }
                case "DELETE" -> {
                    rejects.remove(name(exchange.getRequestURI().getPath()));
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> call(exchange);
            }
        }
    }

    private void call(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target.substring(target.indexOf('.') + 1);
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        switch (operation) {
            case "BatchWriteItem" -> {
                LockSupport.parkNanos(rowDelay.toNanos());
                rows.addAndGet(request.path("RequestItems").path("rows").size());
                send(exchange, text("{\"UnprocessedItems\":{}}"));
            }
            case "SendMessageBatch" -> {
                String sent = enqueue(request.path("Entries"));
                CompletableFuture.runAsync(afterSending.getAndSet(() -> {}), task -> Thread.ofPlatform()
                                .start(task))
                        .join();
                send(exchange, text(sent));
            }
            default -> {
                try {
                    send(exchange, text(ledger.answer(operation, request)));
                } catch (LedgerStandIn.RefusedException e) {
                    send(exchange, 400, text(e.body()));
                }
            }
        }
    }

    private String enqueue(JsonNode entries) {
        var sent = JSON.createArrayNode();
        for (JsonNode entry : entries) {
            String body = entry.path("MessageBody").asString();
            work.add(JSON.readValue(body, ObjectNotices.class));
            sent.addObject()
                    .put("Id", entry.path("Id").asString())
                    .put("MessageId", "1")
                    .put("MD5OfMessageBody", DigestUtils.md5DigestAsHex(body.getBytes(StandardCharsets.UTF_8)));
        }
        return "{\"Successful\":%s,\"Failed\":[]}".formatted(sent);
    }

    private void keep(String path, byte[] file) {
        rejects.put(
                name(path),
                new String(file, StandardCharsets.UTF_8)
                        .lines()
                        .map(JSON::readTree)
                        .toList());
    }

    private static String name(String path) {
        return path.substring("/store/".length());
    }

    private String list(String query) {
        String after = UriComponentsBuilder.newInstance()
                .query(query)
                .build()
                .getQueryParams()
                .toSingleValueMap()
                .getOrDefault("start-after", "");
        return rejects.keySet().stream()
                .filter(name -> name.compareTo(after) > 0)
                .map("<Contents><Key>%s</Key></Contents>"::formatted)
                .collect(Collectors.joining(
                        "", "<ListBucketResult><IsTruncated>false</IsTruncated>", "</ListBucketResult>"));
    }

    /**
     * What was put; over HTTP the SDK sends it in signed chunks (Amazon S3 API Reference, "Signature calculations for the
     * authorization header: transferring payload in multiple chunks").
     */
    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestHeaders().getFirst("X-Amz-Decoded-Content-Length") == null) {
            return sent;
        }
        var body = new ByteArrayOutputStream();
        int at = 0;
        int size;
        do {
            String rest = new String(sent, at, Math.min(256, sent.length - at), StandardCharsets.ISO_8859_1);
            size = Integer.parseInt(
                    rest.substring(0, rest.indexOf(';') < 0 ? rest.indexOf('\r') : rest.indexOf(';')), 16);
            at += rest.indexOf("\r\n") + 2;
            body.write(sent, at, size);
            at += size + 2;
        } while (size > 0);
        return body.toByteArray();
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, Content content) throws IOException {
        send(exchange, 200, content);
    }

    private static void send(HttpExchange exchange, int status, Content content) throws IOException {
        exchange.sendResponseHeaders(status, content.length() == 0 ? -1 : content.length());
        content.stream().transferTo(exchange.getResponseBody());
    }

    @Override
    public void close() {
        context.close();
        server.stop(0);
        threads.close();
    }
}
