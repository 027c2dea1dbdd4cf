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
import org.junit.jupiter.params.provider.ValueSource;

class ChangeSettingsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | 5242880  | 1048576  | 0        | The setting sluice.changes.request-records is 0: use a number from 1 to 500.",
                "501 | 5242880  | 1048576  | 0        | The setting sluice.changes.request-records is 501: use a number from 1 to 500.",
                "500 | 1048575  | 65536    | 0        | The setting sluice.changes.request-bytes is 1048575: use a number from 1048576 to 10485760.",
                "500 | 10485761 | 65536    | 0        | The setting sluice.changes.request-bytes is 10485761: use a number from 1048576 to 10485760.",
                "500 | 5242880  | 65535    | 0        | The setting sluice.changes.record-bytes is 65535: use a number from 65536 to 10485760.",
                "500 | 5242880  | 10485761 | 0        | The setting sluice.changes.record-bytes is 10485761: use a number from 65536 to 10485760.",
                "500 | 5242880  | 5242881  | 0        | The setting sluice.changes.record-bytes is 5242881, more than sluice.changes.request-bytes with 5242880: a record has to fit into a request.",
                "500 | 5242880  | 1048576  | -1       | The setting sluice.changes.batch-bytes is -1: use a number from 0 to sluice.changes.record-bytes with 1048576.",
                "500 | 5242880  | 1048576  | 1048577  | The setting sluice.changes.batch-bytes is 1048577: use a number from 0 to sluice.changes.record-bytes with 1048576."
            })
    void aWrongSettingIsNamed(int requestRecords, int requestBytes, int recordBytes, int batchBytes, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ChangeSettings(
                        "stream", "/s", requestRecords, requestBytes, recordBytes, batchBytes, false))
                .withMessage(sentence);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThat(new ChangeSettings("stream-1_a.B", "/s", 1, 1 << 20, 1 << 20, 0, false).stream())
                .isEqualTo("stream-1_a.B");
        assertThat(new ChangeSettings("stream", "/s", 500, 10 << 20, 10 << 20, 10 << 20, true).recordBytes())
                .isEqualTo(10 << 20);
    }

    @Test
    void theStreamIsMissedWhereItIsNeeded() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ChangeSettings("", "/s", 1, 1 << 20, 1 << 20, 0, false))
                .withMessage(
                        "The setting sluice.changes.stream is missing: set it, or the environment variable SLUICE_CHANGES_STREAM.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes!", "arn:aws:kinesis:eu-west-1:123456789012:stream/changes", "é"})
    void aNameThatNoStreamCanHaveIsRefused(String stream) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new ChangeSettings(stream, "/s", 1, 1 << 20, 1 << 20, 0, false))
                .withMessageStartingWith(
                        "The setting sluice.changes.stream is '" + stream + "': a Kinesis stream's name");
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
