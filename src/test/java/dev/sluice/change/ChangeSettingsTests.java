package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.setting.SettingException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeSettingsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | 5242880  | 1048576  | The setting sluice.changes.request-records is 0: use a number from 1 to 500.",
                "501 | 5242880  | 1048576  | The setting sluice.changes.request-records is 501: use a number from 1 to 500.",
                "500 | 1048575  | 65536    | The setting sluice.changes.request-bytes is 1048575: use a number from 1048576 to 10485760.",
                "500 | 10485761 | 65536    | The setting sluice.changes.request-bytes is 10485761: use a number from 1048576 to 10485760.",
                "500 | 5242880  | 65535    | The setting sluice.changes.record-bytes is 65535: use a number from 65536 to 10485760.",
                "500 | 5242880  | 10485761 | The setting sluice.changes.record-bytes is 10485761: use a number from 65536 to 10485760.",
                "500 | 5242880  | 5242881  | The setting sluice.changes.record-bytes is 5242881, more than sluice.changes.request-bytes with 5242880: a record has to fit into a request."
            })
    void aWrongSettingIsNamed(int requestRecords, int requestBytes, int recordBytes, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ChangeSettings("stream", "/s", requestRecords, requestBytes, recordBytes))
                .withMessage(sentence);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThat(new ChangeSettings("stream", "/s", 1, 1 << 20, 1 << 20).stream())
                .isEqualTo("stream");
        assertThat(new ChangeSettings("stream", "/s", 500, 10 << 20, 10 << 20).recordBytes())
                .isEqualTo(10 << 20);
    }

    @Test
    void theStreamIsMissedWhereItIsNeeded() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ChangeSettings("", "/s", 1, 1 << 20, 1 << 20))
                .withMessage(
                        "The setting sluice.changes.stream is missing: set it, or the environment variable SLUICE_CHANGES_STREAM.");
    }

    @Test
    void consumersAreChosenInTheOrderOfTheSetting() {
        Map<String, Consumer<ChangeEvent>> beans = Map.of("a", _ -> {}, "b", _ -> {}, "c", _ -> {});
        assertThat(new ConsumerSettings(List.of("c", "a")).choose(beans).keySet())
                .containsExactly("c", "a");
        assertThat(new ConsumerSettings(List.of()).choose(beans)).isEmpty();
    }

    @Test
    void aConsumerThatIsNotThereIsNamedWithThoseThatAre() {
        Map<String, Consumer<ChangeEvent>> beans = Map.of("b", _ -> {}, "a", _ -> {});
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ConsumerSettings(List.of("a", "x")).choose(beans))
                .withMessage(
                        "The setting sluice.consumers names 'x', but the beans of type Consumer<ChangeEvent> are [a, b].");
    }
}
