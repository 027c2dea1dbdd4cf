package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.change.ChangeBatch;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.object.ObjectNotices;
import dev.sluice.setting.SettingException;
import dev.sluice.web.WebRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerRouterTests {

    private static final String REPLY = "{\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}";

    private final Door door = new Door();

    @Test
    void everySampleEventReachesItsBeanAndIsAnswered() {
        for (String sample : List.of("s3.json", "sns.json", "eventbridge.json")) {
            assertThat(door.send(Door.sample(sample))).isEqualTo("{\"objects\":[],\"unread\":[]}");
        }
        assertThat(door.send(Door.sample("sqs.json"))).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(door.send(Door.sample("sqs-sns.json"))).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(door.send(Door.sample("stream.json"))).isEqualTo(REPLY);
        assertThat(door.send(Door.sample("kinesis.json"))).isEqualTo(REPLY);
        assertThat(door.send(Door.sample("http.json"))).contains("\"statusCode\":200");
        assertThat(door.given)
                .hasOnlyElementsOfTypes(
                        ObjectNotices.class, ChangeBatch.class, ChangeEventBatch.class, WebRequest.class)
                .hasSize(8);
    }

    @Test
    void theCallsTimeAndRequestComeFromLambda() {
        door.send(Door.sample("s3.json"), null, Map.of("aws-context", Door.context("request-1", 5_000)));
        door.send(Door.sample("s3.json"));
        assertThat(door.calls.getFirst().requestId()).isEqualTo("request-1");
        assertThat(door.calls.getFirst().function()).isEqualTo("sluice-test");
        assertThat(door.calls.getLast().function()).isEqualTo("local");
        assertThat(door.calls.getFirst().traceparent())
                .isEqualTo("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01");
        assertThat(door.calls.getFirst().deadline()).isBefore(Instant.now().plusSeconds(6));
        assertThat(door.calls.getLast().requestId()).isEqualTo("local");
        assertThat(door.calls.getLast().traceparent()).isEmpty();
        assertThat(door.calls.getLast().deadline()).isAfter(Instant.now().plus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "s3, s3.json",
        "stream, stream.json",
        "kinesis, kinesis.json",
        "http, http.json",
        "sns, sns.json",
        "sqs, sqs.json",
        "sqs, sqs-sns.json",
        "eventbridge, eventbridge.json"
    })
    void aTriggerThatIsNotAcceptedIsRefused(String name, String sample) {
        var others = List.of("s3", "sns", "sqs", "eventbridge", "stream", "kinesis", "http", "direct").stream()
                .filter(other -> !other.equals(name))
                .toList();
        assertThatExceptionOfType(RefusedTriggerException.class)
                .isThrownBy(() -> door.send(Door.sample(sample), others, Map.of()))
                .withMessage(
                        "This function does not accept the trigger '%s'; sluice.accepts names those it does.", name);
        assertThat(door.given).isEmpty();
        door.send(Door.sample(sample), List.of(name), Map.of());
        assertThat(door.given).hasSize(1);
    }

    @Test
    void onlyTriggersThatThereAreCanBeAccepted() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> door.send(Door.sample("s3.json"), List.of("s3", "pigeon"), Map.of()))
                .withMessage(
                        "The setting sluice.accepts names 'pigeon', but the triggers are [direct, eventbridge, http, kinesis, s3, sns, sqs, stream, websocket].");
        door.send(Door.sample("s3.json"), List.of(), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "{}                                                              | .",
                "{\"Records\":[]}                                                | Records.",
                "{\"Records\":[{\"eventSource\":\"aws:sns\",\"a\":\"secret\"}]}  | Records.",
                "{\"Records\":[{\"EventSource\":\"aws:s3\",\"a\":\"secret\"}]}   | Records.",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"EventSource\":\"aws:sns\"}]} | Records.",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"secret\"}}}],\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":{}} | Records, source, detail-type, detail.",
                "{\"source\":\"aws.s3\",\"detail-type\":\"Object Tags Added\",\"detail\":{}} | source, detail-type, detail.",
                "{\"source\":\"aws.secret\",\"detail-type\":\"Object Created\",\"detail\":{}} | source, detail-type, detail.",
                "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\"}    | source, detail-type.",
                "{\"Event\":\"s3:TestEvent\",\"Service\":\"secret\"}          | Event, Service.",
                "{\"Event\":\"s3:SecretEvent\",\"Service\":\"Amazon S3\"}     | Event, Service.",
                "{\"Type\":\"Notification\",\"Message\":\"secret\"}           | Type, Message.",
                "{\"notices\":[]}                                              | notices.",
                "{\"function\":\"invocable\",\"input\":{},\"Records\":[]}     | function, input, Records.",
                "{\"function\":\"invocable\",\"requestContext\":{\"http\":{}}} | function, requestContext.",
                "{\"input\":{\"function\":\"invocable\"}}                     | input.",
                "{\"a\\nb\":1}                                                 | a?b.",
                "{\"Records\":{\"eventSource\":\"aws:s3\"},\"b\":1}              | Records, b.",
                "{\"Records\":[{\"a\":{\"eventSource\":\"aws:s3\"}}]}            | Records.",
                "{\"records\":[{\"eventSource\":\"aws:s3\",\"a\":\"secret\"}]}  | records.",
                "{\"x\":{\"Records\":[{\"eventSource\":\"aws:s3\"}]}}            | x.",
                "{\"payload\":{\"x\":\"secret\"},\"other\":[\"secret\"]}         | payload, other.",
                "{\"version\":\"1.0\",\"routeKey\":\"secret\",\"requestContext\":{\"http\":{}}} | version, routeKey, requestContext.",
                "{\"version\":\"2.0\",\"routeKey\":\"secret\",\"requestContext\":{\"connectionId\":\"x\"}} | version, routeKey, requestContext."
            })
    void anUnknownEventIsNamedByItsKeysOnly(String event, String keys) {
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> door.send(event))
                .withMessage("The event is of no kind that Sluice knows. Its top-level keys are: " + keys);
        assertThat(door.given).isEmpty();
    }

    @Test
    void theNamesInAMessageAreBounded() {
        var event = new StringBuilder("{\"" + "n".repeat(5000) + "\":1");
        for (int i = 0; i < 5000; i++) {
            event.append(",\"k").append(i).append("\":1");
        }
        assertThat(catchThrowable(() -> door.send(event + "}")))
                .hasMessageEndingWith("k18, ….")
                .message()
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "secret",
                "\"secret\"",
                "[\"secret\"]",
                "null",
                "{\"secret\":",
                "{\"Records\":[{\"secret\":}]}",
                "{\"a\":\"secret",
                "{'a':1}"
            })
    void whatIsNoJsonObjectIsRefusedWithoutShowingIt(String event) {
        assertRefused(event);
    }

    @ParameterizedTest
    @CsvSource({
        "s3.json, stream.json",
        "stream.json, s3.json",
        "kinesis.json, stream.json",
        "s3.json, kinesis.json",
        "s3.json, sqs.json",
        "sqs.json, sns.json",
        "sns.json, s3.json"
    })
    void recordsOfSeveralSourcesAreRefusedAsAWhole(String first, String second) {
        String one = Door.sample(first).strip();
        String other = Door.sample(second).strip();
        String mixed = one.substring(0, one.lastIndexOf(']')) + "," + other.substring(other.indexOf('[') + 1);
        assertRefused(mixed);
    }

    private void assertRefused(String event) {
        Throwable thrown = catchThrowable(() -> door.send(event));
        assertThat(thrown).isInstanceOf(MalformedEventException.class).hasNoCause();
        assertThat(thrown.getMessage()).doesNotContain("secret").matches("[A-Za-z0-9 ,.]+");
        assertThat(door.given).isEmpty();
    }
}
