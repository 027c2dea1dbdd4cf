package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.setting.SettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectTriggerTests {

    private final Door door = new Door();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "{\"function\":\"invocable\",\"input\":{\"a\":[1,{\"b\":null}]}} | {\"a\":[1,{\"b\":null}]}",
                "{\"input\":\"é\\n\",\"function\":\"invocable\"}                | \"é\\n\"",
                "{\"function\":\"invocable\",\"input\":1.10000000000000000001}  | 1.10000000000000000001",
                "{\"function\":\"invocable\",\"input\":null}                    | null",
                "{\"function\":\"invocable\"}                                   | {}"
            })
    void theBeanGetsTheInputAndItsReplyIsTheReply(String event, String input) {
        assertThat(door.send(event)).isEqualTo(input);
        assertThat(door.given).containsExactly("invocable " + input);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"secret\"",
                "\"invocable|invocable\"",
                "\"invocable,invocable\"",
                "\"Invocable\"",
                "\"\"",
                "null",
                "\"triggerRouter\""
            })
    void onlyWhatIsOnTheListIsCalled(String name) {
        assertThatExceptionOfType(RefusedFunctionException.class)
                .isThrownBy(() -> door.send("{\"function\":" + name + ",\"input\":{}}"))
                .withMessage(
                        "The function that the call names cannot be called directly; sluice.invocable names those that can: [invocable].");
        assertThat(door.given).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"function\":\"invocable\",\"input\":{},\"inputs\":\"secret\"}",
                "{\"input\":{},\"inputs\":\"secret\",\"function\":\"invocable\"}"
            })
    void aCallWithAnotherFieldIsNoCall(String event) {
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> door.send(event))
                .withMessageContaining("inputs")
                .withMessageNotContaining("secret");
        assertThat(door.given).isEmpty();
    }

    @Test
    void aListThatNamesNoFunctionStopsTheStart() {
        for (String name : List.of("reconcile", "triggerRouter")) {
            assertThatExceptionOfType(SettingException.class)
                    .isThrownBy(() -> new TriggerSettings(null, List.of("reconcileObjects", name))
                            .invocable(bean -> !bean.equals("reconcile")))
                    .withMessage(
                            "The setting sluice.invocable names '%s', but no bean of that name can be called directly.",
                            name);
        }
        assertThat(new TriggerSettings(null, List.of("a", "b")).invocable(_ -> true))
                .containsExactlyInAnyOrder("a", "b");
    }
}
