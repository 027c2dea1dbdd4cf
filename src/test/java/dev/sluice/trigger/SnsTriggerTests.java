package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.object.ObjectNotice;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SnsTriggerTests {

    private static final String ONE = S3TriggerTests.event(S3TriggerTests.record("b", "a+b%2B.csv"));
    private static final String TWO =
            S3TriggerTests.event(S3TriggerTests.record("c", "%E6%97%A5") + "," + S3TriggerTests.record("d", "日本"));

    private final Door door = new Door();

    @Test
    void theSampleSaysWhatTheNotificationInItSays() {
        assertThat(door.notices(Door.sample("sns.json"))).isEqualTo(door.notices(Door.sample("s3.json")));
    }

    @Test
    void everyMessagesNoticesAreReadTogetherInOrder() {
        assertThat(door.notices(event(ONE, S3TriggerTests.TEST_EVENT, TWO)).notices())
                .containsExactly(
                        new ObjectNotice("b", "a b+.csv"), new ObjectNotice("c", "日"), new ObjectNotice("d", "日本"));
    }

    @Test
    void aTopicMayCarryEventBridgesEvents() {
        assertThat(door.notices(event(Door.sample("eventbridge.json"))))
                .isEqualTo(door.notices(Door.sample("s3.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{\"secret\":",
                "{\"notices\":[{\"bucket\":\"b\",\"key\":\"secret\"}]}",
                "{\"Type\":\"Notification\",\"Message\":\"secret\"}",
                "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"secret\"}]}"
            })
    void aMessageOfAnythingElseFailsTheCallBeforeAnyObjectIsRead(String message) {
        assertThat(catchThrowable(() -> door.send(event(ONE, message))))
                .isInstanceOfAny(MalformedEventException.class, UnknownEventException.class)
                .hasMessageNotContaining("secret\"");
        assertThat(door.given).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"EventSource\":\"aws:sns\"}", "{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":[1]}}"})
    void aRecordWithoutAMessageIsRefused(String record) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send("{\"Records\":[" + record + "]}"));
    }

    @Test
    void whatIsUnreadFailsTheCallSoThatLambdaRepeatsIt() {
        door.unread = notice -> notice.bucket().equals("d");
        assertThatExceptionOfType(UnreadException.class).isThrownBy(() -> door.send(event(ONE, TWO)));
        assertThat(door.given).hasSize(1);
    }

    private static String event(String... messages) {
        return Stream.of(messages)
                .map(message -> "{\"EventSource\":\"aws:sns\",\"Sns\":{\"Type\":\"Notification\",\"Message\":%s}}"
                        .formatted(JsonMapper.shared().writeValueAsString(message)))
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }
}
