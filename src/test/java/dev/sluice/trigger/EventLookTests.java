package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.web.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
                for (String wrong : List.of(
                        "\"x\": \"aws:",
                        mark + "x\",\"eventSource\":\"aws:",
                        "\"EventSource\":\"aws:x\"," + mark,
                        "\"eventSource\":\"aws:x\"," + mark,
                        mark + "x")) {
                    String other = records.substring(0, at) + wrong + records.substring(at + mark.length());
                    assertThat(catchThrowable(() -> door.send("{\"Records\":[" + records + "," + other + "]}")))
                            .isInstanceOf(MalformedEventException.class)
                            .hasMessage("The records of the event are not all of one source.");
                }
            }
        }
        assertThat(door.given).isEmpty();
    }

    /** A parser that follows it all the way has no stack left. */
    @ParameterizedTest
    @MethodSource("dev.sluice.trigger.SampleEvents#taken")
    void whatIsTooDeepIsRefused(String sample) {
        String event = Door.sample(sample).strip();
        for (String deep :
                List.of("[".repeat(100_000) + "]".repeat(100_000), "{\"a\":".repeat(600) + "1" + "}".repeat(600))) {
            String field = "\"x\":" + deep;
            assertThat(catchThrowable(() -> door.send("{" + field + "," + event.substring(1))))
                    .isInstanceOf(MalformedEventException.class);
            assertThat(catchThrowable(() -> door.send(event.substring(0, event.length() - 1) + "," + field + "}")))
                    .isInstanceOf(MalformedEventException.class);
        }
        assertThat(door.given).isEmpty();
    }

    /** Each call is told from the others by what it carries, and the reply has to carry it too. */
    @Test
    void aThousandMixedEventsOfEightThreadsAreAnsweredRight() throws Exception {
        door.answer = request -> new WebResponse(200, Map.of("x-path", request.path()), request.body());
        String report = "{\"objects\":[],\"unread\":[]}";
        String failures = "{\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}";
        var expected = Map.of(
                "s3.json", report,
                "sns.json", report,
                "eventbridge.json", report,
                "sqs.json", "{\"batchItemFailures\":[]}",
                "stream.json", failures,
                "kinesis.json", failures);
        var mixed = Stream.of(
                        expected.keySet().stream(),
                        Stream.of(HttpEvents.values()).map(HttpEvents::name),
                        Stream.of("direct", "unknown", "foreign/authorizer-2.0.json", "foreign/kafka-msk.json"))
                .flatMap(each -> each)
                .toList();
        var refused = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> calls = IntStream.range(0, 1_000)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        String each = mixed.get(i % mixed.size());
                        String own = "{\"call\":" + i + "}";
                        if (each.equals("direct")) {
                            assertThat(door.send("{\"function\":\"invocable\",\"input\":" + own + "}"))
                                    .isEqualTo(own);
                        } else if (each.equals("unknown") || each.startsWith("foreign/")) {
                            String event = each.equals("unknown") ? "{\"other\":" + own + "}" : Door.sample(each);
                            assertThat(catchThrowable(() -> door.send(event)))
                                    .isInstanceOf(UnknownEventException.class);
                            refused.incrementAndGet();
                        } else if (each.endsWith(".json")) {
                            assertThat(door.send(Door.sample(each))).isEqualTo(expected.get(each));
                        } else {
                            answersItsOwn(HttpEvents.valueOf(each), i, own);
                        }
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(calls)) {
                done.get();
            }
        }
        assertThat(door.given).hasSize(1_000 - refused.get());
    }

    private void answersItsOwn(HttpEvents way, int call, String body) {
        var sent = new HttpEvents.Sent("POST", "/call/" + call, "", List.of(), body);
        JsonNode reply = JsonMapper.shared().readTree(door.send(way.of(sent, call % 2 == 0)));
        assertThat(reply.path("body").asString()).isEqualTo(body);
        assertThat(reply.path(way == HttpEvents.ALB_MANY ? "multiValueHeaders" : "headers")
                        .path("x-path")
                        .toString())
                .contains("\"/call/" + call + "\"");
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
                "trux",
                "falsy",
                "nill",
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
