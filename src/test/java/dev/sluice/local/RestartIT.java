package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The app is killed twice in the middle of a stream of changes, as many as {@code -Drestart.changes} says: the consumer
 * gets each of them all the same.
 */
class RestartIT {

    private static final int CHANGES = Integer.getInteger("restart.changes", 4_000);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String FILE = "places/restart.ndjson";

    private final LocalCloud cloud = LocalCloud.shared();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    @Test
    void noChangeIsLost(@TempDir Path folder) throws Exception {
        var resources = LocalResources.create(cloud, "restart");
        try (var app = new AppProcess(cloud, resources, folder.resolve("keys"));
                var http = HttpClient.newHttpClient()) {
            var rows = IntStream.range(0, CHANGES)
                    .mapToObj(n -> "{\"id\":\"k%d\",\"n\":%d}\n".formatted(n, n))
                    .collect(Collectors.joining());
            cloud.s3Client().putObject(put -> put.bucket(resources.bucket()).key(FILE), RequestBody.fromString(rows));
            var notice = "{\"notices\":[{\"bucket\":\"%s\",\"key\":\"%s\"}]}".formatted(resources.bucket(), FILE);
            var report = http.send(
                    HttpRequest.newBuilder(app.at("/functions/readObjects"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(notice))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(report.body()).as(app::tail).contains("\"done\"");

            var door = app.at("/functions/triggerRouter");
            var settings = TriggerSettings.DEFAULT.quick(100, 1);
            try (var triggers = new LocalTriggers(
                    new LocalTriggers.Plan(cloud.endpoints(), resources, door, settings), notes::add)) {
                triggers.start();
                for (var part = 1; part <= 2; part++) {
                    var enough = CHANGES * part / 4;
                    await().atMost(LONGEST).until(() -> app.keys().size() >= enough);
                    assertThat(app.keys()).as("in the middle").hasSizeLessThan(CHANGES);
                    app.killAndRestart();
                }
                await().atMost(LONGEST).until(() -> new HashSet<>(app.keys()).size(), found -> found == CHANGES);
            }
            assertThat(notes).anyMatch(note -> note.contains("nobody answers"));
            System.out.printf(
                    "RestartIT: %d changes, 2 kills, %d told again%n",
                    CHANGES, app.keys().size() - CHANGES);
        }
    }
}
