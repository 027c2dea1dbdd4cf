package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Memory does not grow with a record: one of 1 GB, plain and packed, is read and rejected in a heap of 64 MB. */
class LongRecordTests {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aRecordOfOneGigabyteIsRejectedInASmallHeap() throws IOException, InterruptedException {
        List<JsonNode> reads = reads();

        assertThat(reads).hasSize(3).allSatisfy(read -> {
            assertThat(read.path("outcome").toString())
                    .contains("\"state\":\"done\"", "\"records\":3,\"rows\":2,\"rejects\":1,\"dropped\":0");
            JsonNode reject = read.path("rejects").path(0);
            assertThat(reject.path("reason").asString()).isEqualTo("record-too-large");
            assertThat(reject.path("message").asString()).matches("The record has 10737418[0-9]{2} bytes[.]");
            assertThat(reject.path("text").asString()).hasSize(4096).endsWith("xxx");
            assertThat(reject.path("message").asString())
                    .contains(" " + reject.path("bytes").asLong() + " ");
            assertThat(reject.path("cut").asBoolean()).isTrue();
        });
    }

    private static List<JsonNode> reads() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        LongRecord.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // In the environment, since 240 jars on the command line make every process list unreadable.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            List<JsonNode> reads = output.lines()
                    .filter(line -> line.startsWith("read "))
                    .map(line -> JSON.readTree(line.substring(5)))
                    .toList();
            assertThat(process.waitFor()).isZero();
            return reads;
        } finally {
            process.destroy();
        }
    }
}
