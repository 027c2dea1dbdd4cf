package dev.sluice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.runtime.Reply.Failure;
import dev.sluice.runtime.Reply.Success;
import dev.sluice.serverless.CallRecorder;
import dev.sluice.serverless.Node;
import dev.sluice.serverless.Packaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The functions of either topology, each under AWS's runtime client with the variables that its template sets. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(Node.Required.class)
class TopologiesIT {

    private static final Path ZIP = Path.of("target", "sluice-lambda.zip");
    private static final Path EVENTS = Path.of("src", "test", "resources", "events");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init")
    private static LocalResources resources;

    @BeforeAll
    static void create() {
        resources = LocalResources.create(LocalCloud.shared(), "topologies");
    }

    @Test
    void theSingleFunctionTakesEveryTrigger() throws IOException, InterruptedException {
        try (var sluice = LambdaProcess.start(ZIP, CallRecorder::putInto, variables("single", "Sluice"))) {
            for (String event : List.of(
                    "s3",
                    "sqs",
                    "stream",
                    "kinesis",
                    "http",
                    "websocket-connect",
                    "websocket-message",
                    "websocket-disconnect",
                    "direct")) {
                assertThat(sluice.invoke(event(event), LIMIT))
                        .as("%s: %s", event, sluice.log())
                        .isInstanceOfSatisfying(Success.class, success -> assertThat(wrong(event, success.body()))
                                .isEmpty());
            }
            assertThat(CallRecorder.of(sluice.pid()))
                    .as("What is recorded of another process")
                    .contains(
                            "readObjects\tS3\tHeadObject\tfiles/x",
                            "forwardChanges\tKinesis\tPutRecords\tchanges",
                            "liveDisconnect\tDynamoDb\tDeleteItem\tconnections",
                            "reconcileObjects\tS3\tListObjectsV2\tfiles");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Reader,    s3 sqs,                       http",
        "Forwarder, stream,                       kinesis",
        "Processor, kinesis,                      websocket-disconnect",
        "Web,       http,                         direct",
        "Live,      kinesis websocket-disconnect, s3",
        "Keeper,    direct sqs,                   http"
    })
    void aFunctionOfTheSplitTakesItsOwnTriggersAndNoOther(String function, String own, String other)
            throws IOException, InterruptedException {
        try (var process = LambdaProcess.start(ZIP, CallRecorder::putInto, variables("split", function))) {
            for (String event : own.split(" ", -1)) {
                assertThat(process.invoke(event(event), LIMIT))
                        .as("%s: %s", event, process.log())
                        .isInstanceOfSatisfying(Success.class, success -> assertThat(wrong(event, success.body()))
                                .isEmpty());
            }
            assertThat(process.invoke(event(other), LIMIT))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.errorType())
                            .isEqualTo("dev.sluice.trigger.RefusedTriggerException"));
        }
    }

    /** What tells in a reply that the function could not do it; empty if nothing does. */
    private static String wrong(String event, byte[] reply) {
        String text = new String(reply, UTF_8);
        boolean well =
                switch (event) {
                    case "sqs", "stream", "kinesis" -> text.equals("{\"batchItemFailures\":[]}");
                    case "http", "websocket-connect", "websocket-message", "websocket-disconnect" ->
                        JSON.readTree(text).path("statusCode").asInt(500) < 500;
                    default -> true;
                };
        return well ? "" : text;
    }

    /** The template's own, with the names of what lies in the local cloud, and those of the recorder of calls; no variable more. */
    private static Map<String, String> variables(String configuration, String function) {
        var variables = new TreeMap<>(Packaged.of(configuration).template().environment(function));
        resources
                .settings(LocalCloud.shared())
                .forEach((name, value) ->
                        variables.replace(name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        variables.putAll(LocalCloud.shared().endpoints().environment());
        variables.putAll(CallRecorder.variables());
        return variables;
    }

    private static byte[] event(String name) throws IOException {
        return Files.readString(EVENTS.resolve(name + ".json"))
                .replace("sluice-files", resources.bucket())
                .getBytes(UTF_8);
    }
}
