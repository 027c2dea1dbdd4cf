package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.setting.SettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;

class RowSettingsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | 8   | 1          | 10s | The setting sluice.rows.partitions is 0: use a number from 1 to 100.",
                "101 | 8   | 1          | 10s | The setting sluice.rows.partitions is 101: use a number from 1 to 100.",
                "16  | 0   | 1          | 10s | The setting sluice.rows.writers is 0: use a number from 1 to 256.",
                "16  | 257 | 1          | 10s | The setting sluice.rows.writers is 257: use a number from 1 to 256.",
                "16  | 8   | 0          | 10s | The setting sluice.rows.held-bytes is 0: use a number from 1 to 1073741824.",
                "16  | 8   | 1073741825 | 10s | The setting sluice.rows.held-bytes is 1073741825: use a number from 1 to 1073741824.",
                "16  | 8   | 1          | -1s | The setting sluice.rows.index-lag in milliseconds is -1000: use a number from 0 to 900000.",
                "16  | 8   | 1          | 901s | The setting sluice.rows.index-lag in milliseconds is 901000: use a number from 0 to 900000."
            })
    void aWrongSettingIsNamed(int partitions, int writers, long heldBytes, String indexLag, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() ->
                        new RowSettings("rows", partitions, writers, heldBytes, DurationStyle.detectAndParse(indexLag)))
                .withMessage(sentence);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThat(new RowSettings("rows", 1, 1, 1, Duration.ZERO).table()).isEqualTo("rows");
        assertThat(new RowSettings("rows", 100, 256, 1 << 30, Duration.ofMinutes(15)).partitions())
                .isEqualTo(100);
    }

    @Test
    void theTableIsMissedWhereItIsNeeded() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new RowSettings("", 16, 8, 1, Duration.ZERO))
                .withMessage(
                        "The setting sluice.rows.table is missing: set it, or the environment variable SLUICE_ROWS_TABLE.");
    }
}
