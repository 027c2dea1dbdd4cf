package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.object.ObjectNotice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBridgeTriggerTests {

    private final Door door = new Door();

    @Test
    void theSampleSaysWhatTheNotificationSays() {
        assertThat(door.notices(Door.sample("eventbridge.json"))).isEqualTo(door.notices(Door.sample("s3.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.csv", "a+b.csv", "a%2Bb.csv", "100%.csv", "日本.csv", "😀"})
    void keysAreTakenAsTheyAre(String key) {
        assertThat(door.notices(event("Object Created", "\"key\":\"" + key + "\""))
                        .notices())
                .containsExactly(new ObjectNotice("b", key));
    }

    @Test
    void aDeletedObjectIsANoticeToo() {
        assertThat(door.notices(event("Object Deleted", "\"key\":\"k\"")).notices())
                .containsExactly(new ObjectNotice("b", "k"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"version-id\":\"v\",\"etag\":\"e\"',   v",
        "'\"etag\":\"e\",\"version-id\":\"v\"',   v",
        "'\"etag\":\"e\"',                        e",
        "'\"sequencer\":\"s\"',                   "
    })
    void aNoticeCarriesTheVersionElseTheETag(String fields, @Nullable String version) {
        assertThat(door.notices(event("Object Created", "\"key\":\"k\"," + fields))
                        .notices()
                        .getFirst()
                        .version())
                .isEqualTo(Optional.ofNullable(version));
    }

    @Test
    void theMarksMayComeLast() {
        String late = "{\"detail\":{\"object\":{\"key\":\"k\"},\"bucket\":{\"name\":\"b\"}},\"source\":\"aws.s3\","
                + "\"detail-type\":\"Object Created\"}";
        assertThat(door.notices(late).notices()).containsExactly(new ObjectNotice("b", "k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"size\":1", "\"key\":\"\"", "\"key\":[\"secret\"]", "\"key\":{\"key\":\"secret\"}"})
    void anEventThatNamesNoObjectIsRefused(String object) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event("Object Created", object)))
                .withMessageNotContaining("secret");
        assertThat(door.given).isEmpty();
    }

    @Test
    void whatIsUnreadFailsTheCallSoThatLambdaRepeatsIt() {
        door.unread = _ -> true;
        assertThatExceptionOfType(UnreadException.class).isThrownBy(() -> door.send(Door.sample("eventbridge.json")));
    }

    private static String event(String type, String object) {
        return "{\"version\":\"0\",\"detail-type\":\"%s\",\"source\":\"aws.s3\",\"detail\":{\"bucket\":{\"name\":\"b\"},\"object\":{%s}}}"
                .formatted(type, object);
    }
}
