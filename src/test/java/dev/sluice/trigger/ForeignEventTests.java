package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/** What Lambda hands over and no bean takes is refused by what it is, and of its content only the names at the top are told. */
class ForeignEventTests {

    private static final String NONE = ", of which Sluice takes none";
    private static final String AUTHORIZER = "a call of an API Gateway authorizer" + NONE;
    private static final String KAFKA = "a batch of Kafka" + NONE;
    private static final String MQ = "a batch of Amazon MQ" + NONE;
    private static final String DESTINATION = "a record of another function's call" + NONE;

    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("authorizer-token", AUTHORIZER),
            Map.entry("authorizer-request", AUTHORIZER),
            Map.entry("authorizer-1.0", AUTHORIZER),
            Map.entry("authorizer-2.0", AUTHORIZER),
            Map.entry("cognito", "a trigger of a Cognito user pool" + NONE),
            Map.entry("logs", "a subscription of CloudWatch Logs" + NONE),
            Map.entry("alarm", "an alarm of CloudWatch" + NONE),
            Map.entry("firehose", "a transformation for Data Firehose" + NONE),
            Map.entry("config", "a rule of AWS Config" + NONE),
            Map.entry("pipeline", "a job of CodePipeline" + NONE),
            Map.entry("s3-batch", "a job of S3 Batch Operations" + NONE),
            Map.entry("object-lambda", "a request of S3 Object Lambda" + NONE),
            Map.entry("custom-resource", "a custom resource of CloudFormation" + NONE),
            Map.entry("kafka-msk", KAFKA),
            Map.entry("kafka-self-managed", KAFKA),
            Map.entry("mq-active", MQ),
            Map.entry("mq-rabbit", MQ),
            Map.entry("destination-success", DESTINATION),
            Map.entry("destination-failure", DESTINATION),
            Map.entry("schedule", "a schedule's without an input: give it one, {\"function\": name, \"input\": {…}}"));

    private final Door door = new Door();

    /** The whole sentence: nothing of the event is in it but the names. */
    @ParameterizedTest
    @MethodSource("dev.sluice.trigger.SampleEvents#foreign")
    void aForeignEventIsRefusedByName(String sample) {
        String event = Door.sample(sample);
        String names =
                JsonMapper.shared().readTree(event).propertyNames().stream().collect(Collectors.joining(", "));
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> door.send(event))
                .withMessage("The event is %s. Its top-level keys are: %s.", title(sample), names)
                .withNoCause();
        assertThat(door.given).isEmpty();
    }

    private static String title(String sample) {
        return TITLES.getOrDefault(StringUtils.getFilename(StringUtils.stripFilenameExtension(sample)), "");
    }

    /** Amazon S3 User Guide, "Writing Lambda functions for S3 Object Lambda Access Points". */
    @ParameterizedTest
    @ValueSource(strings = {"headObjectContext", "listObjectsContext", "listObjectsV2Context"})
    void theOtherRequestsOfObjectLambdaAreToldToo(String context) {
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() ->
                        door.send(Door.sample("foreign/object-lambda.json").replace("getObjectContext", context)))
                .withMessageStartingWith("The event is a request of S3 Object Lambda, ");
    }

    /** One foreign event's mark in each event that a bean takes, at its end. */
    @ParameterizedTest
    @MethodSource("dev.sluice.trigger.SampleEvents#taken")
    void noForeignMarkIsOverlookedInAnEventThatABeanTakes(String sample) {
        String event = Door.sample(sample).strip();
        String body = event.substring(0, event.lastIndexOf('}'));
        for (String mark : List.of(
                "methodArn",
                "routeArn",
                "triggerSource",
                "awslogs",
                "alarmArn",
                "deliveryStreamArn",
                "invokingEvent",
                "CodePipeline.job",
                "invocationSchemaVersion",
                "getObjectContext",
                "ResponseURL",
                "bootstrapServers",
                "messages",
                "rmqMessagesByQueue",
                "requestPayload")) {
            assertThatExceptionOfType(UnknownEventException.class)
                    .as(mark)
                    .isThrownBy(() -> door.send(body + ",\"" + mark + "\":\"secret\"}"))
                    .withMessageContaining(NONE)
                    .withMessageNotContaining("secret");
        }
        assertThat(door.given).isEmpty();
    }

    @Test
    void everyTitleHasItsEvent() {
        assertThat(SampleEvents.foreign()).hasSameSizeAs(TITLES.keySet()).allSatisfy(sample -> assertThat(title(sample))
                .isNotEmpty());
    }
}
