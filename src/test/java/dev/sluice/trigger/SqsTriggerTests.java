package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.change.BatchReply;
import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class SqsTriggerTests {

    private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:work";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Door door = new Door();

    @Test
    void theSamplesSayWhatTheNotificationSays() {
        ObjectNotice notice = door.notices(Door.sample("s3.json")).notices().getFirst();
        assertThat(door.notices(Door.sample("sqs.json")).notices())
                .containsExactly(notice, new ObjectNotice(notice.bucket(), notice.key()));
        assertThat(door.notices(Door.sample("sqs-sns.json")).notices()).containsExactly(notice);
        assertThat(door.notices(Door.sample("sqs-sns-raw.json")).notices()).containsExactly(notice);
    }

    @Test
    void allMessagesOfABatchAreReadInOneCallInOrder() {
        String bridge = Door.sample("eventbridge.json").replace("subdivisions/subdivision-codes.csv", "a+日 b");
        String event = event(
                message("1", s3("a+b%2B", "%E6%97%A5")),
                message("2", envelope(s3("c"))),
                message("3", bridge),
                message("4", work("k")),
                message("5", S3TriggerTests.TEST_EVENT),
                message("6", envelope(S3TriggerTests.TEST_EVENT)));

        assertThat(failures(event)).isEmpty();

        assertThat(door.given).hasSize(1);
        assertThat(((ObjectNotices) door.given.getFirst()).notices())
                .extracting(ObjectNotice::key)
                .containsExactly("a b+", "日", "c", "a+日 b", "k");
    }

    @Test
    void sluicesOwnMessageIsTheJsonOfItsNotices() {
        var notices = new ObjectNotices(
                List.of(new ObjectNotice("b", "a+%20日", Optional.of("v"), Optional.of(3)), new ObjectNotice("b", "k")));
        assertThat(door.notices(event(message("1", JSON.writeValueAsString(notices)))))
                .isEqualTo(notices);
        assertThat(door.notices(event(message("1", "{\"notices\":[]}"))).notices())
                .isEmpty();
    }

    @Test
    void aMessageFailsIfOneOfItsNoticesIsUnread() {
        door.unread = notice -> notice.key().equals("x");
        assertThat(failures(event(
                        message("1", s3("a", "x")),
                        message("2", s3("a")),
                        message("3", work("x")),
                        message("4", work("b")))))
                .containsExactly("1", "3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "[\"secret\"]",
                "{\"a\":\"secret\"}",
                "{\"notices\":\"secret\"}",
                "{\"notices\":null}",
                "{\"notices\":[null]}",
                "{\"notices\":[{\"bucket\":\"secret\"}]}",
                "{\"notices\":[{\"bucket\":\"b\",\"key\":\"k\",\"part\":\"secret\"}]}",
                "{\"notices\":[],\"a\":\"secret\"}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":\"secret\"}]}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\"},{\"eventSource\":\"aws:secret\"}]}",
                "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"secret\"}]}",
                "{\"Type\":\"Notification\",\"Message\":\"secret\"}",
                "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"secret\"}",
                "{\"Type\":\"Notification\",\"Message\":\"{\\\"Type\\\":\\\"Notification\\\",\\\"Message\\\":\\\"secret\\\"}\"}"
            })
    void aBodyThatCannotBeUnderstoodFailsByItself(String body, CapturedOutput output) {
        assertThat(failures(event(message("1", s3("a")), message("poison", body), message("3", work("b")))))
                .containsExactly("poison");
        assertThat(((ObjectNotices) door.given.getFirst()).notices())
                .containsExactly(new ObjectNotice("b", "a"), new ObjectNotice("b", "b"));
        assertThat(output.getAll())
                .contains("The message poison cannot be understood: ")
                .doesNotContain("secret");
    }

    @Test
    void inAFifoQueueTheFirstThatFailedHoldsTheRestOfItsGroup() {
        door.unread = notice -> notice.key().equals("x");
        assertThat(failures(event(
                        fifo("1", "g", "a"),
                        fifo("2", "h", "a"),
                        fifo("3", "g", "x"),
                        fifo("4", "g", "b"),
                        fifo("5", "h", "b"),
                        fifo("6", "g", "c"))))
                .containsExactly("3", "4", "6");
    }

    @Test
    void inTheSampleOfAFifoQueueOneGroupIsHeldAndTheOtherIsNot() {
        String fifo = Door.sample("sqs-fifo.json");
        door.unread = notice -> notice.key().equals("subdivisions/subdivision-codes.csv");
        assertThat(failures(fifo))
                .containsExactly("11d6ee51-4cc7-4302-9e22-7cd8afdaadf5", "33d6ee51-4cc7-4302-9e22-7cd8afdaadf5");
        door.unread = notice -> notice.key().equals("countries/country-codes.csv");
        assertThat(failures(fifo)).containsExactly("22d6ee51-4cc7-4302-9e22-7cd8afdaadf5");
    }

    /** An id is told so that a message can be found; whatever is no id of SQS's is not. */
    @ParameterizedTest
    @ValueSource(strings = {"a secret", "secret!", "secret.secret", "sécret", "\\nsecret", "{secret}"})
    void whatIsNoIdIsNotTold(String id, CapturedOutput output) {
        assertThat(failures(event(message(id, "no JSON")))).hasSize(1);
        assertThat(failures(event(message("secret".repeat(20), "no JSON")))).hasSize(1);
        assertThat(output.getAll())
                .contains("The message ? cannot be understood: ")
                .doesNotContain("secret")
                .doesNotContain("sécret");
    }

    @Test
    void ofWhatFailsOnlyItsTypeIsTold(CapturedOutput output) {
        var trigger = new SqsTrigger(
                _ -> new ReadReport(List.of(), List.of()),
                _ -> {
                    throw new IllegalStateException("secret");
                },
                _ -> true,
                JSON);
        byte[] reply = trigger.handle(event(message("1", work("a"))).getBytes(StandardCharsets.UTF_8));
        assertThat(JSON.readValue(reply, BatchReply.class).batchItemFailures())
                .containsExactly(new BatchReply.Failure("1"));
        assertThat(output.getAll())
                .contains("The message 1 failed: java.lang.IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void inAStandardQueueAGroupHoldsNothing() {
        door.unread = notice -> notice.key().equals("x");
        assertThat(failures(event(
                        grouped("1", QUEUE, "g", work("x")),
                        grouped("2", QUEUE, "g", work("a")),
                        message("3", work("x")),
                        message("4", work("a")))))
                .containsExactly("1", "3");
    }

    @Test
    void aMessageThatCouldNotBeNamedInTheReplyFailsTheBatch() {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event(message("1", work("a")), message("", work("b")))));
        assertThat(door.given).isEmpty();
    }

    private List<String> failures(String event) {
        return JSON.readValue(door.send(event), BatchReply.class).batchItemFailures().stream()
                .map(BatchReply.Failure::itemIdentifier)
                .toList();
    }

    private static String event(String... messages) {
        return "{\"Records\":[" + String.join(",", messages) + "]}";
    }

    private static String message(String id, String body) {
        return "{\"messageId\":\"%s\",\"body\":%s,\"attributes\":{\"SentTimestamp\":\"1\"},\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"%s\"}"
                .formatted(id, JSON.writeValueAsString(body), QUEUE);
    }

    private static String grouped(String id, String queue, String group, String body) {
        return message(id, body)
                .replace(QUEUE, queue)
                .replace("\"SentTimestamp\":\"1\"", "\"MessageGroupId\":\"" + group + "\"");
    }

    private static String fifo(String id, String group, String key) {
        return grouped(id, QUEUE + ".fifo", group, work(key));
    }

    private static String work(String key) {
        return "{\"notices\":[{\"bucket\":\"b\",\"key\":\"" + key + "\"}]}";
    }

    private static String s3(String... keys) {
        return S3TriggerTests.event(
                Stream.of(keys).map(key -> S3TriggerTests.record("b", key)).collect(Collectors.joining(",")));
    }

    private static String envelope(String message) {
        return "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":%s}"
                .formatted(JSON.writeValueAsString(message));
    }
}
