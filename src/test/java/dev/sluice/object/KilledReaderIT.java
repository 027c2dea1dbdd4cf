package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A reader's process is killed ten times in the middle of a file; in the end every row is there, once and as it stands. */
@EnabledOnOs(OS.LINUX)
class KilledReaderIT {

    /** With {@code -Dkilled.rows=200000} it takes minutes. */
    private static final int ROWS = Integer.getInteger("killed.rows", 20_000);

    private static final int KILLS = 10;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Test
    void killedTenTimesItStillReadsEveryRow() throws IOException {
        LocalCloud cloud = LocalCloud.shared();
        LocalResources resources = LocalResources.create(cloud, "killed");
        String key = "rows/many.csv";
        var file = new StringBuilder("id,text\n");
        var expected = new HashMap<String, String>();
        for (int i = 0; i < ROWS; i++) {
            file.append(i).append(",text ").append(i * 31L).append('\n');
            expected.put(Integer.toString(i), "text " + i * 31L);
            if (i % 1_000 == 0) {
                file.append("bad\n");
            }
        }
        cloud.s3Client()
                .putObject(of -> of.bucket(resources.bucket()).key(key), RequestBody.fromString(file.toString()));

        int kills = 0;
        long reached = 0;
        while (kills < KILLS) {
            Process reader = start(cloud, resources, key);
            long before = reached;
            await().atMost(LONGEST).until(() -> !reader.isAlive() || checkpoint(cloud, resources, key) > before);
            reached = checkpoint(cloud, resources, key);
            assertThat(reader.isAlive())
                    .as("killed %d times, %d bytes", kills, reached)
                    .isTrue();
            reader.destroyForcibly();
            kills++;
        }
        Process last = start(cloud, resources, key);
        await().atMost(LONGEST).until(() -> !last.isAlive());
        assertThat(last.exitValue()).isZero();

        Map<String, AttributeValue> entry = entry(cloud, resources, key).orElseThrow();
        assertThat(entry).containsEntry("state", AttributeValue.fromS("done"));
        assertThat(entry).containsEntry("rows", AttributeValue.fromN(Integer.toString(ROWS)));
        assertThat(entry).containsEntry("rejects", AttributeValue.fromN(Integer.toString((ROWS + 999) / 1_000)));
        assertThat(rows(cloud, resources)).isEqualTo(expected);
    }

    private static Process start(LocalCloud cloud, LocalResources resources, String key) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                KilledReader.class.getName(),
                resources.bucket(),
                key,
                "--logging.level.root=error",
                "--sluice.aws.call-timeout=1s",
                "--sluice.reading.lease=2s",
                "--sluice.reading.checkpoint=100ms",
                "--sluice.rows.writers=4",
                "--sluice.feeds[0].name=rows",
                "--sluice.feeds[0].match.key=rows/*",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key=id"));
        resources.settings(cloud).forEach((name, value) -> command.add("--" + name + "=" + value));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(cloud.endpoints().environment());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private static long checkpoint(LocalCloud cloud, LocalResources resources, String key) {
        return entry(cloud, resources, key)
                .flatMap(entry -> Optional.ofNullable(entry.get("checkpoint")))
                .flatMap(checkpoint -> Optional.ofNullable(checkpoint.m().get("offset")))
                .map(offset -> Long.parseLong(offset.n()))
                .orElse(0L);
    }

    private static Optional<Map<String, AttributeValue>> entry(LocalCloud cloud, LocalResources resources, String key) {
        var answer = cloud.dynamoDbClient().getItem(of -> of.tableName(resources.ledgerTable())
                .key(Map.of("id", AttributeValue.fromS(ObjectId.of(resources.bucket(), key))))
                .consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    private static Map<String, String> rows(LocalCloud cloud, LocalResources resources) {
        var rows = new HashMap<String, String>();
        cloud.dynamoDbClient()
                .scanPaginator(of -> of.tableName(resources.rowsTable())
                        .consistentRead(true)
                        // DynamoDB Local has little memory.
                        .limit(1_000))
                .items()
                .forEach(item -> Optional.ofNullable(item.get("data"))
                        .map(AttributeValue::m)
                        .ifPresent(data -> rows.put(text(data, "id"), text(data, "text"))));
        return rows;
    }

    private static String text(Map<String, AttributeValue> data, String name) {
        return data.getOrDefault(name, AttributeValue.fromS("")).s();
    }
}
