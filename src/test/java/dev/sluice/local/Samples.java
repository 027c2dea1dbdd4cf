package dev.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads the sample files as a partner would, and tells what became of them. */
final class Samples {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long MILLIS_BETWEEN_LOOKS = 200;

    private final LocalCloud cloud;
    private final LocalResources resources;
    private final URI web;
    private final LocalSignIn signIn;

    Samples(LocalCloud cloud, LocalResources resources, URI web, LocalSignIn signIn) {
        this.cloud = cloud;
        this.resources = resources;
        this.web = web;
        this.signIn = signIn;
    }

    void read(Path folder) throws IOException {
        List<String> keys = upload(folder);
        IO.println("  %d sample files are uploaded to s3://%s".formatted(keys.size(), resources.bucket()));
        Map<String, JsonNode> objects = new HashMap<>();
        Instant end = Instant.now().plus(LONGEST);
        while (!isRead(keys, objects) && Instant.now().isBefore(end)) {
            pause();
            objects.putAll(look());
        }
        for (String key : keys) {
            JsonNode object = objects.get(key);
            IO.println(
                    object == null
                            ? "  %s: not read yet".formatted(key)
                            : "  %s: %s, %d rows, %d rejects"
                                    .formatted(
                                            key,
                                            object.path("state").asString(),
                                            object.path("rows").asLong(),
                                            object.path("rejects").asLong()));
        }
    }

    /** Each key is a file's path inside the folder; only folders are feeds. */
    private List<String> upload(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> !folder.equals(file.getParent()))
                    .sorted()
                    .toList();
            return found.stream()
                    .map(file -> {
                        String key = folder.relativize(file).toString().replace('\\', '/');
                        cloud.s3Client()
                                .putObject(put -> put.bucket(resources.bucket()).key(key), RequestBody.fromFile(file));
                        return key;
                    })
                    .toList();
        }
    }

    private static boolean isRead(List<String> keys, Map<String, JsonNode> objects) {
        return keys.stream().allMatch(key -> {
            JsonNode object = objects.get(key);
            return object != null && !object.path("state").asString().equals("reading");
        });
    }

    private Map<String, JsonNode> look() throws IOException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(web.resolve("/api/objects"));
            signIn.operator().ifPresent(token -> request.header("authorization", token));
            var reply = http.send(request.build(), BodyHandlers.ofByteArray());
            var objects = new HashMap<String, JsonNode>();
            for (JsonNode item : JsonMapper.shared().readTree(reply.body()).path("items")) {
                objects.put(item.path("key").asString(), item);
            }
            return objects;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
