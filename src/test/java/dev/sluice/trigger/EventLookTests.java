package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far an event is looked at before it is decoded, and what decoding verifies of the rest. */
class EventLookTests {

    private final Door door = new Door();

    /** What stands behind the mark is no JSON: a look that went there would fail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "s3          | {\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",?",
                "stream      | {\"Records\":[{\"eventID\":\"1\",\"eventName\":\"MODIFY\",\"eventSource\":\"aws:dynamodb\",?",
                "kinesis     | {\"Records\":[{\"kinesis\":{\"data\":\"\"},\"eventSource\":\"aws:kinesis\",?",
                "sqs         | {\"Records\":[{\"messageId\":\"1\",\"body\":\"\",\"eventSource\":\"aws:sqs\",?",
                "sns         | {\"Records\":[{\"EventVersion\":\"1.0\",\"EventSource\":\"aws:sns\",?",
                "eventbridge | {\"version\":\"0\",\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":{?",
                "http        | {\"version\":\"2.0\",\"routeKey\":\"r\",\"headers\":{},\"requestContext\":{\"http\":{}},?",
                "s3          | {\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",?",
                "direct      | {\"function\":?"
            })
    void theLookEndsWhereTheMarksDecide(String trigger, String event) {
        assertThat(door.kind(event.replace("?", "\"x\""))).isEqualTo(trigger);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "s3          | {\"Records\":[{\"s3\":{\"a\":[{}]},\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\"}]}",
                "s3          | {\"x\":{\"eventSource\":\"aws:sqs\"},\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
                "s3          | {\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\",\"Service\":\"Amazon S3\"}",
                "eventbridge | {\"detail\":{},\"source\":\"aws.s3\",\"x\":1,\"detail-type\":\"Object Created\",\"version\":\"0\"}",
                "http        | {\"requestContext\":{\"x\":1,\"http\":{}},\"body\":\"\",\"version\":\"2.0\",\"routeKey\":\"r\"}",
                "http        | {\"body\":\"\",\"routeKey\":\"r\",\"requestContext\":{\"http\":{}},\"version\":\"2.0\"}",
                "direct      | {\"input\":{\"function\":\"secret\"},\"function\":\"invocable\"}"
            })
    void aLateMarkIsFoundByALongerLook(String trigger, String event) {
        assertThat(door.kind(event)).isEqualTo(trigger);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.json",
                "stream.json",
                "kinesis.json",
                "sqs.json",
                "sns.json",
                "eventbridge.json",
                "http.json",
                "direct.json"
            })
    void whatBelongsToAnotherSortIsFoundWhileDecoding(String sample) {
        String event = Door.sample(sample).strip();
        String body = event.substring(0, event.lastIndexOf('}'));
        for (String late : List.of("methodArn", "awslogs", "triggerSource", "requestPayload", "notices")) {
            assertThatExceptionOfType(UnknownEventException.class)
                    .isThrownBy(() -> door.send(body + ",\"" + late + "\":\"secret\"}"))
                    .withMessageContaining(late + ".")
                    .withMessageNotContaining("secret");
        }
        for (String tail : List.of("}x", "} {}", "},", ",}", "", "}\"secret\"")) {
            assertThat(catchThrowable(() -> door.send(body + tail)))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessageNotContaining("secret");
        }
        assertThat(door.given).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3.json", "stream.json", "kinesis.json", "sqs.json", "sns.json"})
    void everyRecordNamesItsSourceOnceAndAlike(String sample) {
        String event = Door.sample(sample);
        String records = event.substring(event.indexOf('[') + 1, event.lastIndexOf(']'));
        for (String mark : List.of("\"eventSource\": \"aws:", "\"EventSource\": \"aws:")) {
            int at = records.lastIndexOf(mark);
            if (at >= 0) {
                for (String wrong : List.of("\"x\": \"aws:", mark + "x\",\"eventSource\":\"aws:", mark + "x")) {
                    String other = records.substring(0, at) + wrong + records.substring(at + mark.length());
                    assertThat(catchThrowable(() -> door.send("{\"Records\":[" + records + "," + other + "]}")))
                            .isInstanceOf(MalformedEventException.class)
                            .hasMessage("The records of the event are not all of one source.");
                }
            }
        }
        assertThat(door.given).isEmpty();
    }

    /** Each as its page documents it; {@link Sort} names the pages. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "{\"type\":\"TOKEN\",\"authorizationToken\":\"secret\",\"methodArn\":\"a\"} | a call of an API Gateway authorizer",
                "{\"type\":\"REQUEST\",\"methodArn\":\"a\",\"resource\":\"/\",\"path\":\"/\",\"httpMethod\":\"GET\",\"headers\":{},\"requestContext\":{\"path\":\"/\"}} | a call of an API Gateway authorizer",
                "{\"version\":\"1.0\",\"type\":\"REQUEST\",\"methodArn\":\"a\",\"identitySource\":\"secret\",\"requestContext\":{}} | a call of an API Gateway authorizer",
                "{\"version\":\"2.0\",\"type\":\"REQUEST\",\"routeArn\":\"a\",\"identitySource\":[\"secret\"],\"routeKey\":\"GET /\",\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}} | a call of an API Gateway authorizer",
                "{\"version\":\"2.0\",\"routeKey\":\"GET /\",\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\"}},\"type\":\"REQUEST\",\"routeArn\":\"secret\"} | a call of an API Gateway authorizer",
                "{\"version\":\"1\",\"triggerSource\":\"PreSignUp_SignUp\",\"region\":\"r\",\"userPoolId\":\"p\",\"userName\":\"secret\",\"callerContext\":{},\"request\":{},\"response\":{}} | a trigger of a Cognito user pool",
                "{\"awslogs\":{\"data\":\"secret\"}} | a subscription of CloudWatch Logs",
                "{\"source\":\"aws.cloudwatch\",\"alarmArn\":\"a\",\"accountId\":\"secret\",\"alarmData\":{}} | an alarm of CloudWatch",
                "{\"invocationId\":\"i\",\"deliveryStreamArn\":\"a\",\"region\":\"r\",\"records\":[{\"data\":\"secret\"}]} | a transformation for Data Firehose",
                "{\"version\":\"1.0\",\"invokingEvent\":\"secret\",\"ruleParameters\":\"{}\",\"resultToken\":\"t\"} | a rule of AWS Config",
                "{\"CodePipeline.job\":{\"id\":\"secret\"}} | a job of CodePipeline",
                "{\"invocationSchemaVersion\":\"1.0\",\"invocationId\":\"i\",\"job\":{},\"tasks\":[{\"s3Key\":\"secret\"}]} | a job of S3 Batch Operations",
                "{\"xAmzRequestId\":\"r\",\"getObjectContext\":{\"inputS3Url\":\"secret\"},\"configuration\":{}} | a request of S3 Object Lambda",
                "{\"RequestType\":\"Create\",\"ResponseURL\":\"secret\",\"StackId\":\"s\"} | a custom resource of CloudFormation",
                "{\"eventSource\":\"aws:kafka\",\"eventSourceArn\":\"a\",\"bootstrapServers\":\"b\",\"records\":{}} | a batch of Kafka",
                "{\"eventSource\":\"aws:rmq\",\"eventSourceArn\":\"a\",\"rmqMessagesByQueue\":{}} | a batch of Amazon MQ",
                "{\"version\":\"1.0\",\"timestamp\":\"t\",\"requestContext\":{\"condition\":\"Success\"},\"requestPayload\":{\"a\":\"secret\"},\"responsePayload\":{}} | a record of another function's call"
            })
    void whatNoBeanTakesIsRefusedByName(String event, String title) {
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> door.send(event))
                .withMessageStartingWith(
                        "The event is " + title + ", of which Sluice takes none. Its top-level keys are: ")
                .withMessageNotContaining("secret");
        assertThat(door.given).isEmpty();
    }

    /** Amazon EventBridge User Guide, "Scheduled rules"; EventBridge Scheduler without an input sends its like. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\"source\":\"aws.events\",\"detail\":{}", "\"source\":\"aws.scheduler\",\"detail\":\"{}\""})
    void aScheduleWithoutAnInputIsToldWhatItLacks(String rest) {
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> door.send("{\"version\":\"0\",\"detail-type\":\"Scheduled Event\"," + rest + "}"))
                .withMessageStartingWith(
                        "The event is a schedule's without an input: give it one, {\"function\": name");
    }

    @Test
    void aThousandMixedEventsOfEightThreadsAreAnsweredRight() throws Exception {
        String report = "{\"objects\":[],\"unread\":[]}";
        String failures = "{\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}";
        var expected = List.of(
                Map.entry("s3.json", report),
                Map.entry("sns.json", report),
                Map.entry("eventbridge.json", report),
                Map.entry("sqs.json", "{\"batchItemFailures\":[]}"),
                Map.entry("stream.json", failures),
                Map.entry("kinesis.json", failures),
                Map.entry("direct", "direct"),
                Map.entry("unknown", "UnknownEventException"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> calls = IntStream.range(0, 1_000)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        var each = expected.get(i % expected.size());
                        String own = "{\"call\":" + i + "}";
                        String reply =
                                switch (each.getKey()) {
                                    case "direct" -> door.send("{\"function\":\"invocable\",\"input\":" + own + "}");
                                    case "unknown" ->
                                        catchThrowable(() -> door.send("{\"other\":" + own + "}"))
                                                .getClass()
                                                .getSimpleName();
                                    default -> door.send(Door.sample(each.getKey()));
                                };
                        assertThat(reply).isEqualTo(each.getValue().equals("direct") ? own : each.getValue());
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(calls)) {
                done.get();
            }
        }
        assertThat(door.given).hasSize(875);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "1.",
                ".5",
                "1e",
                "+1",
                "-",
                "tru",
                "nul",
                "True",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{,}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":}",
                "[}",
                "{]",
                "",
                "\"a",
                "[",
                "{\"a\":[1}",
                "1 2",
                "\0"
            })
    void aStreamsFieldsHaveToBeJsonEvenWhereNobodyAsksForThem(String value) {
        String event = Door.sample("stream.json").strip();
        for (String place : List.of("\"eventVersion\": \"1.1\"", "\"SizeBytes\": 612")) {
            assertThat(event).contains(place);
            assertThat(catchThrowable(() -> door.send(event.replace(place, "\"x\":" + value))))
                    .as(value)
                    .isInstanceOf(MalformedEventException.class);
        }
        assertThat(door.given).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c0af", "e08080", "eda080", "f08080af", "f5808080", "c3", "e282", "ff"})
    void aStreamsTextsHaveToBeUtf8(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        byte[] event = Door.sample("stream.json").getBytes(StandardCharsets.UTF_8);
        int at = Door.sample("stream.json").indexOf("DEU") + 1;
        var bytes = new byte[event.length + bad.length];
        System.arraycopy(event, 0, bytes, 0, at);
        System.arraycopy(bad, 0, bytes, at, bad.length);
        System.arraycopy(event, at, bytes, at + bad.length, event.length - at);
        assertThat(catchThrowable(() -> door.send(bytes))).isInstanceOf(MalformedEventException.class);
    }
}
