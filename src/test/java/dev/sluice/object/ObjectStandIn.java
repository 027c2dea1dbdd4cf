package dev.sluice.object;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.object.ReadingCloud.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * As much of S3 as reading one object talks to: whatever its key is, its versions, each told by a versionId if the bucket has
 * them, else by its eTag alone.
 */
final class ObjectStandIn {

    /** What a GET asked for. */
    record Get(Optional<String> versionId, Optional<String> ifMatch, Optional<String> range) {}

    private final List<Content> versions = new ArrayList<>();
    private final List<Get> gets = new ArrayList<>();
    private boolean versioned;
    private Runnable onGet = () -> {};
    private int breaks;
    private long breakAfter;
    private Runnable onBreak = () -> {};

    /** The object is new. */
    synchronized void begin(Content content) {
        versions.clear();
        versions.add(content);
        gets.clear();
    }

    /** Something else is put in its place. */
    synchronized void overwrite(Content content) {
        versions.add(content);
    }

    synchronized void versioned(boolean bucket) {
        versioned = bucket;
    }

    /** What has been asked for since the object is new, or since somebody looked. */
    synchronized List<Get> gets() {
        var all = List.copyOf(gets);
        gets.clear();
        return all;
    }

    /** Is done at each GET, before it is answered. */
    synchronized void onGet(Runnable work) {
        onGet = work;
    }

    /** The next answers that are longer than so many bytes break there, and then that is done. */
    synchronized void breakAfter(int answers, long bytes, Runnable work) {
        breaks = answers;
        breakAfter = bytes;
        onBreak = work;
    }

    synchronized void head(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("ETag", eTag());
        exchange.getResponseHeaders().set("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT");
        exchange.getResponseHeaders()
                .set("Content-Length", Long.toString(versions.getLast().length()));
        if (versioned) {
            exchange.getResponseHeaders().set("x-amz-version-id", "v" + versions.size());
        }
        exchange.sendResponseHeaders(200, -1);
    }

    private String eTag() {
        return "\"etag" + versions.size() + "\"";
    }

    void get(HttpExchange exchange) throws IOException {
        var get = new Get(versionId(exchange), header(exchange, "If-Match"), header(exchange, "Range"));
        Content content;
        boolean breaksOff;
        synchronized (this) {
            gets.add(get);
            onGet.run();
            if (get.ifMatch().filter(match -> !match.equals(eTag())).isPresent()) {
                byte[] error = "<Error><Code>PreconditionFailed</Code></Error>".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(412, error.length);
                exchange.getResponseBody().write(error);
                return;
            }
            content = get.versionId()
                    .map(id -> versions.get(Integer.parseInt(id.substring(1)) - 1))
                    .orElseGet(versions::getLast);
            long from = get.range().map(ObjectStandIn::from).orElse(0L);
            content = content.behind(from);
            breaksOff = breaks > 0 && content.length() > breakAfter;
            breaks -= breaksOff ? 1 : 0;
        }
        exchange.sendResponseHeaders(
                get.range().isPresent() ? 206 : 200, content.length() == 0 ? -1 : content.length());
        try (InputStream in = content.stream()) {
            if (breaksOff) {
                exchange.getResponseBody().write(in.readNBytes((int) breakAfter));
                exchange.getResponseBody().flush();
                onBreak.run();
            } else {
                in.transferTo(exchange.getResponseBody());
            }
        }
    }

    private static long from(String range) {
        return Long.parseLong(range.substring("bytes=".length(), range.length() - 1));
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static Optional<String> versionId(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestURI().getQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .filter(parameter -> parameter.startsWith("versionId="))
                .map(parameter -> parameter.substring("versionId=".length()))
                .findFirst();
    }
}
