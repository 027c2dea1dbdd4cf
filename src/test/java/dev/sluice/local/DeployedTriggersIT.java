package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.serverless.Node;
import dev.sluice.serverless.Packaged;
import dev.sluice.serverless.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is deployed is what the local triggers do. */
@ParameterizedClass
@CsvSource({
    "split,        Reader, Forwarder, Processor, Keeper, 300",
    "queue,        Reader, Forwarder, Processor, Keeper, 300",
    "single,       Sluice, Sluice,    Sluice,    Sluice, 29",
    "single-queue, Sluice, Sluice,    Sluice,    Sluice, 29"
})
@ExtendWith(Node.Required.class)
class DeployedTriggersIT {

    private static final TriggerSettings LOCAL = TriggerSettings.DEFAULT;

    @Parameter(0)
    private String configuration = "";

    @Parameter(1)
    private String reader = "";

    @Parameter(2)
    private String forwarder = "";

    @Parameter(3)
    private String processor = "";

    @Parameter(4)
    private String keeper = "";

    @Parameter(5)
    private int timeout;

    @SuppressWarnings("NullAway.Init")
    private Template template;

    @BeforeEach
    void read() {
        template = Packaged.of(configuration).template();
    }

    @Test
    void theRowsStream() {
        JsonNode mapping = mapping("RowsTable", "StreamArn", forwarder);

        assertThat(rules(mapping)).isEqualTo(LOCAL.rows());
        assertThat(mapping.path("StartingPosition").asString()).isEqualTo("TRIM_HORIZON");
    }

    @Test
    void theChangesStream() {
        JsonNode mapping = mapping("ChangesStream", "Arn", processor);

        assertThat(rules(mapping)).isEqualTo(LOCAL.changes());
        assertThat(mapping.path("StartingPosition").asString()).isEqualTo("TRIM_HORIZON");
    }

    @Test
    void batchesThatAreGivenUpGoToTheStoreBucketWhichTellsTheQueueOfWhatFailed() {
        for (JsonNode mapping :
                List.of(mapping("RowsTable", "StreamArn", forwarder), mapping("ChangesStream", "Arn", processor))) {
            assertThat(template.text(
                            mapping.path("DestinationConfig").path("OnFailure").path("Destination")))
                    .isEqualTo("arn:aws:s3:::"
                            + template.text(template.properties("StoreBucket").path("BucketName")));
        }
        // Of nothing else in it: the letters that the queue's function puts there would come back to it without end.
        assertThat(template.resolved(template.properties("StoreBucket").path("NotificationConfiguration")))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"QueueConfigurations":[{"Event":"s3:ObjectCreated:*","Queue":"%s",\
                        "Filter":{"S3Key":{"Rules":[{"Name":"prefix","Value":"aws/lambda/"}]}}}]}""".formatted(arn("FailedNotices", "Arn"))));
    }

    @Test
    void noticesReachTheReader() {
        JsonNode notification = template.properties("FilesBucket").path("NotificationConfiguration");
        if (configuration.endsWith("queue")) {
            assertThat(targets(notification.path("QueueConfigurations"), "Queue"))
                    .isEqualTo(Map.of(
                            "s3:ObjectCreated:*", arn("NoticesQueue", "Arn"),
                            "s3:ObjectRemoved:*", arn("NoticesQueue", "Arn")));
            JsonNode mapping = mapping("NoticesQueue", "Arn", reader);
            assertThat(mapping.path("BatchSize").asInt()).isEqualTo(10);
            assertThat(reports(mapping)).isTrue();
            whatNobodyCouldTakeFails("NoticesQueue");
            assertThat(template.properties("NoticesQueue")
                            .path("VisibilityTimeout")
                            .asInt())
                    .isGreaterThanOrEqualTo(6 * timeout);
        } else {
            assertThat(targets(notification.path("LambdaConfigurations"), "Function"))
                    .isEqualTo(Map.of(
                            "s3:ObjectCreated:*", arn(reader + "LambdaFunction", "Arn"),
                            "s3:ObjectRemoved:*", arn(reader + "LambdaFunction", "Arn")));
            assertThat(template.text(template.properties("FilesBucketMayInvoke").path("FunctionName")))
                    .isEqualTo(reader + "LambdaFunction");
            assertThat(asynchronous(reader).path("MaximumRetryAttempts").asInt())
                    .isEqualTo(LOCAL.noticeRetries());
        }
    }

    private Map<String, String> targets(JsonNode notifications, String target) {
        return StreamSupport.stream(notifications.spliterator(), false)
                .collect(java.util.stream.Collectors.toMap(
                        one -> one.path("Event").asString(), one -> template.text(one.path(target))));
    }

    @Test
    void callsThatFailedForGoodGoToTheirQueue() {
        assertThat(template.text(asynchronous(keeper)
                        .path("DestinationConfig")
                        .path("OnFailure")
                        .path("Destination")))
                .isEqualTo(arn("FailedNotices", "Arn"));
    }

    private JsonNode asynchronous(String function) {
        return template.ofType("AWS::Lambda::EventInvokeConfig").values().stream()
                .filter(config -> template.text(config.path("FunctionName")).equals(function + "LambdaFunction"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theQueues() {
        JsonNode work = mapping("WorkQueue", "Arn", reader);
        assertThat(work.path("BatchSize").asInt()).isEqualTo(LOCAL.workBatchSize());
        assertThat(reports(work)).isTrue();
        for (String queue : List.of("FailedNotices", "LettersQueue")) {
            JsonNode mapping = mapping(queue, "Arn", keeper);
            assertThat(mapping.path("BatchSize").asInt()).isEqualTo(1);
            assertThat(reports(mapping)).isTrue();
        }
        for (String queue : List.of("WorkQueue", "LettersQueue")) {
            whatNobodyCouldTakeFails(queue);
            assertThat(template.properties(queue).path("VisibilityTimeout").asInt())
                    .isGreaterThanOrEqualTo(held(timeout));
        }
        assertThat(template.properties("FailedNotices")
                        .path("VisibilityTimeout")
                        .asInt())
                .isGreaterThanOrEqualTo(held(timeout));
    }

    private void whatNobodyCouldTakeFails(String queue) {
        JsonNode redrive = template.properties(queue).path("RedrivePolicy");
        assertThat(redrive.path("maxReceiveCount").asInt()).isEqualTo(LocalResources.RECEIVES);
        assertThat(template.text(redrive.path("deadLetterTargetArn"))).isEqualTo(arn("FailedNotices", "Arn"));
    }

    private static int held(int timeout) {
        return (int)
                new SqsEvent("any", "arn", 1).held(Duration.ofSeconds(timeout)).toSeconds();
    }

    @Test
    void theFunctions() {
        for (String function : List.of(reader, forwarder, processor, keeper)) {
            assertThat(template.properties(function + "LambdaFunction")
                            .path("Timeout")
                            .asInt())
                    .isEqualTo(timeout);
        }
        if (configuration.equals("split")) {
            assertThat(timeout).isEqualTo((int) LOCAL.timeout().toSeconds());
        }
    }

    private static StreamRules rules(JsonNode mapping) {
        return new StreamRules(
                mapping.path("BatchSize").asInt(),
                Duration.ofSeconds(
                        mapping.path("MaximumBatchingWindowInSeconds").asInt()),
                mapping.path("ParallelizationFactor").asInt(1),
                mapping.path("MaximumRetryAttempts").asInt(),
                Duration.ofSeconds(mapping.path("MaximumRecordAgeInSeconds").asInt()),
                mapping.path("BisectBatchOnFunctionError").asBoolean(),
                reports(mapping));
    }

    private static boolean reports(JsonNode mapping) {
        return mapping.path("FunctionResponseTypes").path(0).asString("").equals("ReportBatchItemFailures");
    }

    private JsonNode mapping(String source, String attribute, String function) {
        return template.ofType("AWS::Lambda::EventSourceMapping").values().stream()
                .filter(mapping -> template.text(mapping.path("EventSourceArn")).equals(arn(source, attribute)))
                .filter(mapping ->
                        template.text(mapping.path("FunctionName")).equals(arn(function + "LambdaFunction", "Arn")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(source + " does not call " + function));
    }

    private String arn(String resource, String attribute) {
        return template.attribute(resource, attribute);
    }
}
