package dev.sluice.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RejectReasonTests {

    /** Clients and stored entries know them by these names. */
    @Test
    void theCodesNeverChange() {
        assertThat(Arrays.stream(RejectReason.values()).map(RejectReason::code))
                .containsExactly(
                        "field-count",
                        "encoding",
                        "quotes",
                        "json",
                        "duplicate-column",
                        "column-name",
                        "record-too-large",
                        "bad-type",
                        "transform-failed",
                        "missing-key",
                        "empty-key",
                        "missing-newest-by",
                        "key-too-long",
                        "item-too-large",
                        "nesting",
                        "number-range");
    }

    @Test
    void inJsonAReasonIsItsCode() {
        assertThat(JsonMapper.shared().writeValueAsString(RejectReason.FIELD_COUNT))
                .isEqualTo("\"field-count\"");
    }
}
