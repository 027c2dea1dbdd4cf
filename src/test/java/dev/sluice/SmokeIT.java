package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.LocalCloudFile;
import dev.sluice.serverless.Node;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The script that follows a file through a deployment, here through the local cloud. */
@ExtendWith(Node.Required.class)
class SmokeIT {

    private static final String SCRIPT = "deploy/smoke.mjs";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static String cloud;

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() throws IOException {
        sluice = RunningSluice.start("smoke");
        Path file = folder.resolve("local-cloud.json");
        LocalCloudFile.of(sluice.cloud(), sluice.resources(), sluice.at("/")).write(file);
        cloud = file.toString();
    }

    @AfterAll
    static void stop() {
        if (sluice != null) {
            sluice.close();
        }
    }

    @Test
    void aSampleIsFollowedToKinesisEachTime() {
        for (String type : new String[] {"inserted", "modified"}) {
            Node.Outcome outcome = Node.run(SCRIPT, cloud);

            assertThat(outcome.output().lines().map(line -> line.replaceFirst("^ *[0-9.]+ s  ", "")))
                    .containsExactly(
                            "uploaded s3://%s/subdivisions/smoke.csv"
                                    .formatted(sluice.resources().bucket()),
                            "the ledger says done, rows: 1, rejects: 0",
                            "Kinesis has dev.sluice.row.%s of subdivisions/ZZ|SMOKE".formatted(type));
            assertThat(outcome.exit()).isZero();
        }
    }

    @Test
    void aFileThatIsNotReadIsToldWithItsReason() {
        Node.Outcome outcome = Node.run(SCRIPT, cloud, "deploy/smoke.csv", "nothing/smoke.csv");

        assertThat(outcome.output()).contains("The ledger says ignored: ").doesNotContain("    at ");
        assertThat(outcome.exit()).isEqualTo(1);
    }
}
