package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.setting.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSettingsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | 8   | 1          | The setting sluice.rows.partitions is 0: use a number from 1 to 100.",
                "101 | 8   | 1          | The setting sluice.rows.partitions is 101: use a number from 1 to 100.",
                "16  | 0   | 1          | The setting sluice.rows.writers is 0: use a number from 1 to 256.",
                "16  | 257 | 1          | The setting sluice.rows.writers is 257: use a number from 1 to 256.",
                "16  | 8   | 0          | The setting sluice.rows.held-bytes is 0: use a number from 1 to 1073741824.",
                "16  | 8   | 1073741825 | The setting sluice.rows.held-bytes is 1073741825: use a number from 1 to 1073741824."
            })
    void aWrongSettingIsNamed(int partitions, int writers, long heldBytes, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new RowSettings("rows", partitions, writers, heldBytes))
                .withMessage(sentence);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThat(new RowSettings("rows", 1, 1, 1).table()).isEqualTo("rows");
        assertThat(new RowSettings("rows", 100, 256, 1 << 30).partitions()).isEqualTo(100);
    }

    @Test
    void theTableIsMissedWhereItIsNeeded() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new RowSettings("", 16, 8, 1))
                .withMessage(
                        "The setting sluice.rows.table is missing: set it, or the environment variable SLUICE_ROWS_TABLE.");
    }
}
