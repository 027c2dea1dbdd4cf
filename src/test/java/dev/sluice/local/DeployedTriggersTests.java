package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What serverless.yml deploys is what the local triggers do. */
class DeployedTriggersTests {

    private static final TriggerSettings LOCAL = TriggerSettings.DEFAULT;

    @SuppressWarnings("NullAway.Init")
    private static Node yaml;

    @BeforeAll
    static void read() throws IOException {
        // As nodes, since CloudFormation's tags are no types of YAML.
        try (var text = Files.newBufferedReader(Path.of("serverless.yml"))) {
            yaml = new Yaml(new LoaderOptions()).compose(text);
        }
    }

    @Test
    void theRowsStream() {
        assertThat(rules(stream("dynamodb"))).isEqualTo(LOCAL.rows());
    }

    @Test
    void theChangesStream() {
        assertThat(rules(stream("kinesis"))).isEqualTo(LOCAL.changes());
    }

    @Test
    void whatFailedForGoodGoesToItsQueue() {
        var failed = at(function(), "destinations", "onFailure");
        assertThat(text(at(failed, "type"))).isEqualTo("sqs");
        assertThat(text(at(failed, "arn"))).isEqualTo("FailedNotices.Arn");
        assertThat(text(at(queue(), "RedrivePolicy", "deadLetterTargetArn"))).isEqualTo("FailedNotices.Arn");
    }

    @Test
    void batchesThatAreGivenUpGoToTheStoreBucketWhichTellsThatQueue() {
        for (var mapping :
                List.of("SluiceEventSourceMappingDynamodbRowsTable", "SluiceEventSourceMappingKinesisChangesStream")) {
            var changed = at(yaml, "resources", "extensions", mapping, "Properties", "DestinationConfig", "OnFailure");
            assertThat(text(at(changed, "Destination"))).isEqualTo("${self:custom.storeArn}");
        }
        var notices = at(resource("StoreBucket"), "NotificationConfiguration", "QueueConfigurations");
        var notice = ((SequenceNode) notices).getValue().getFirst();
        assertThat(text(at(notice, "Event"))).isEqualTo("s3:ObjectCreated:*");
        assertThat(text(at(notice, "Queue"))).isEqualTo("FailedNotices.Arn");
    }

    @Test
    void theQueueOfWhatFailed() {
        var mapping = at(queueEvent("FailedNotices.Arn"), "sqs");
        assertThat(number(at(mapping, "batchSize"))).isEqualTo(1);
        assertThat(text(at(mapping, "functionResponseType"))).isEqualTo("ReportBatchItemFailures");
        assertThat(number(at(resource("FailedNotices"), "VisibilityTimeout"))).isEqualTo(heldSeconds());
    }

    @Test
    void theWorkQueue() {
        var mapping = at(queueEvent("WorkQueue.Arn"), "sqs");
        assertThat(number(at(mapping, "batchSize"))).isEqualTo(LOCAL.workBatchSize());
        assertThat(text(at(mapping, "functionResponseType"))).isEqualTo("ReportBatchItemFailures");
        assertThat(number(at(queue(), "RedrivePolicy", "maxReceiveCount"))).isEqualTo(LocalResources.RECEIVES);
        assertThat(number(at(queue(), "VisibilityTimeout"))).isEqualTo(heldSeconds());
    }

    private static int heldSeconds() {
        return (int) new SqsEvent("any", "arn", 1).held(LOCAL.timeout()).toSeconds();
    }

    @Test
    void theFunction() {
        assertThat(number(at(function(), "timeout")))
                .isEqualTo((int) LOCAL.timeout().toSeconds());
        assertThat(number(at(function(), "maximumRetryAttempts"))).isEqualTo(LOCAL.noticeRetries());
    }

    private static StreamRules rules(Node stream) {
        return new StreamRules(
                number(at(stream, "batchSize")),
                Duration.ofSeconds(number(stream, "batchWindow", 0)),
                number(stream, "parallelizationFactor", 1),
                number(at(stream, "maximumRetryAttempts")),
                Duration.ofSeconds(number(at(stream, "maximumRecordAgeInSeconds"))),
                Boolean.parseBoolean(text(at(stream, "bisectBatchOnFunctionError"))),
                text(at(stream, "functionResponseType")).equals("ReportBatchItemFailures"));
    }

    private static Node function() {
        return at(yaml, "functions", "sluice");
    }

    private static Node queue() {
        return resource("WorkQueue");
    }

    private static Node resource(String name) {
        return at(yaml, "resources", "Resources", name, "Properties");
    }

    private static Node stream(String type) {
        return events().stream()
                .filter(event -> has(event, "stream"))
                .map(event -> at(event, "stream"))
                .filter(stream -> text(at(stream, "type")).equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Node queueEvent(String arn) {
        return events().stream()
                .filter(event -> has(event, "sqs"))
                .filter(event -> text(at(event, "sqs", "arn")).equals(arn))
                .findFirst()
                .orElseThrow();
    }

    private static List<Node> events() {
        return ((SequenceNode) at(function(), "events")).getValue();
    }

    private static boolean has(Node node, String name) {
        return ((MappingNode) node)
                .getValue().stream().anyMatch(pair -> text(pair.getKeyNode()).equals(name));
    }

    private static Node at(Node node, String... path) {
        var found = node;
        for (var name : path) {
            found = ((MappingNode) found)
                    .getValue().stream()
                            .filter(pair -> text(pair.getKeyNode()).equals(name))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("serverless.yml has no " + Arrays.toString(path)))
                            .getValueNode();
        }
        return found;
    }

    private static String text(Node node) {
        return ((ScalarNode) node).getValue();
    }

    private static int number(Node node) {
        return Integer.parseInt(text(node));
    }

    private static int number(Node node, String name, int absent) {
        return has(node, name) ? number(at(node, name)) : absent;
    }
}
