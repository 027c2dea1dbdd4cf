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
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Readers' processes are killed ten times in the middle of a file; in the end every row is there, once and as it stands. */
@EnabledOnOs(OS.LINUX)
class KilledReaderIT {

    /** With {@code -Dkilled.rows=200000} it takes minutes. */
    private static final int ROWS = Integer.getInteger("killed.rows", 10_000);

    private static final int KILLS = 10;

    /** Else whoever is to be killed could be done before it is seen that it has begun. */
    private static final int REST_MILLIS = 200;

    private static final String KEY = "rows/many.csv";

    /** A row has about 20 bytes, so that this share of each row makes about seven parts. */
    private static final int ROW_SHARE = 3;

    private static final Duration LONGEST = Duration.ofMinutes(ROWS > 20_000 ? 10 : 4);

    private static final String[] ALONE = {
        "--sluice.aws.call-timeout=1s", "--sluice.reading.lease=3s", "--sluice.rows.writers=4"
    };

    private final List<Process> started = new ArrayList<>();
    private final LocalCloud cloud = LocalCloud.shared();
    private final Map<String, String> expected = new HashMap<>();

    @Test
    void killedTenTimesItStillReadsEveryRow() throws IOException {
        LocalResources resources = LocalResources.create(cloud, "killed");
        upload(resources);

        int kills = 0;
        while (kills < KILLS) {
            Process reader = start(resources, REST_MILLIS, ALONE);
            killWhenItHasComeFurther(() -> records(resources), reader, kills);
            kills++;
        }
        awaitEnd(start(resources, 0, ALONE));

        assertRead(resources);
    }

    @Test
    void killedInTheMiddleTwoReadersStillReadEveryRowInParts() throws IOException {
        LocalResources resources = LocalResources.create(cloud, "killed-parts");
        upload(resources);
        String[] settings = {
            // Two readers keep a small machine busy.
            "--sluice.aws.call-timeout=3s",
            "--sluice.reading.lease=6s",
            "--sluice.rows.writers=2",
            "--sluice.feeds[0].unique=true",
            "--sluice.feeds[0].newlines-in-quotes=false",
            "--sluice.feeds[0].split=" + ROW_SHARE * ROWS + "B"
        };

        Process one = start(resources, REST_MILLIS / 2, settings);
        Process other = start(resources, REST_MILLIS / 2, settings);
        for (int kills = 0; kills < KILLS / 3; kills++) {
            killWhenItHasComeFurther(() -> partRecords(resources), one, kills);
            one = other;
            other = start(resources, REST_MILLIS / 2, settings);
        }
        awaitEnd(one);
        awaitEnd(other);

        assertRead(resources);
        assertThat(entry(resources).get("split")).isNotNull();
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private void upload(LocalResources resources) {
        var file = new StringBuilder("id,text\n");
        for (int i = 0; i < ROWS; i++) {
            file.append(i).append(",text ").append(i * 31L).append('\n');
            expected.put(Integer.toString(i), "text " + i * 31L);
            if (i % 1_000 == 0) {
                file.append("bad\n");
            }
        }
        cloud.s3Client()
                .putObject(of -> of.bucket(resources.bucket()).key(KEY), RequestBody.fromString(file.toString()));
    }

    private static void killWhenItHasComeFurther(LongSupplier records, Process reader, int kills) {
        long before = records.getAsLong();
        await().atMost(LONGEST).until(() -> !reader.isAlive() || records.getAsLong() > before);
        assertThat(reader.isAlive())
                .as("killed %d times, %d records", kills, records.getAsLong())
                .isTrue();
        reader.destroyForcibly();
    }

    private static void awaitEnd(Process reader) {
        await().atMost(LONGEST).until(() -> !reader.isAlive());
        assertThat(reader.exitValue()).isZero();
    }

    private void assertRead(LocalResources resources) {
        Map<String, AttributeValue> entry = entry(resources);
        assertThat(entry).containsEntry("state", AttributeValue.fromS("done"));
        assertThat(entry).containsEntry("rows", AttributeValue.fromN(Integer.toString(ROWS)));
        assertThat(entry).containsEntry("rejects", AttributeValue.fromN(Integer.toString((ROWS + 999) / 1_000)));
        assertThat(rows(resources)).isEqualTo(expected);
    }

    private Process start(LocalResources resources, int restMillis, String... settings) throws IOException {
        String queue = cloud.sqsClient()
                .getQueueUrl(of -> of.queueName(resources.workQueue()))
                .queueUrl();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dkilled.rest=" + restMillis,
                KilledReader.class.getName(),
                resources.bucket(),
                KEY,
                queue,
                "--logging.level.root=error",
                "--sluice.reading.checkpoint=100ms",
                // Else all rows are read before the first checkpoint, where DynamoDB Local is slow.
                "--sluice.rows.held-bytes=65536",
                "--sluice.feeds[0].name=rows",
                "--sluice.feeds[0].match.key=rows/*",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key=id"));
        command.addAll(List.of(settings));
        resources.settings(cloud).forEach((name, value) -> command.add("--" + name + "=" + value));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(cloud.endpoints().environment());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process reader = builder.start();
        started.add(reader);
        return reader;
    }

    /** How many records the ledger knows to be done. */
    private long records(LocalResources resources) {
        return Long.parseLong(entry(resources)
                .getOrDefault("records", AttributeValue.fromN("0"))
                .n());
    }

    /** The same of all its parts together. */
    private long partRecords(LocalResources resources) {
        return cloud
                .dynamoDbClient()
                .scanPaginator(of -> of.tableName(resources.ledgerTable()).consistentRead(true))
                .items()
                .stream()
                .mapToLong(item -> Long.parseLong(
                        item.getOrDefault("records", AttributeValue.fromN("0")).n()))
                .sum();
    }

    private Map<String, AttributeValue> entry(LocalResources resources) {
        return cloud.dynamoDbClient()
                .getItem(of -> of.tableName(resources.ledgerTable())
                        .key(Map.of("id", AttributeValue.fromS(ObjectId.of(resources.bucket(), KEY))))
                        .consistentRead(true))
                .item();
    }

    private Map<String, String> rows(LocalResources resources) {
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
