package dev.sluice.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class SettingTests {

    @Test
    void aSettingThatIsThereIsTaken() {
        assertThatNoException().isThrownBy(() -> Setting.required("sluice.rows.table", "value"));
    }

    @Test
    void aMissingSettingIsNamedAsPropertyAndAsVariable() {
        for (String missing : new String[] {null, "", " "}) {
            assertThatExceptionOfType(SettingException.class)
                    .isThrownBy(() -> Setting.required("sluice.some-room.name", missing))
                    .withMessage(
                            "The setting sluice.some-room.name is missing: set it, or the environment variable SLUICE_SOMEROOM_NAME.");
        }
    }

    @Test
    void theStartStopsWithTheSentenceAlone() {
        var start = new IllegalStateException("a stack of beans", new SettingException("One sentence."));
        var analysis = new SettingFailureAnalyzer().analyze(start);
        assertThat(analysis).extracting("description", "action").containsExactly("One sentence.", null);
    }
}
