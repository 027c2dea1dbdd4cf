package dev.sluice.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a record goes into DynamoDB and into files, which take no half of a surrogate pair. */
class RejectedExceptionTests {

    @ParameterizedTest
    @CsvSource({
        "\ud83d\ude00, \ud83d\ude00",
        "\ud83d, \ufffd",
        "\ude00, \ufffd",
        "a\ude00\ud83db, a\ufffd\ufffdb",
        "\ud83d\ud83d\ude00\ude00, \ufffd\ud83d\ude00\ufffd"
    })
    void halfASurrogatePairIsReplaced(String said, String kept) {
        var e = new RejectedException(RejectReason.JSON, said, said);

        assertThat(e.column()).isEqualTo(kept);
        assertThat(e).hasMessage(kept);
        assertThat(e.in(said).column()).isEqualTo(kept);
        assertThat(e.isAt(said)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"254, 254, \ud83d\ude00", "255, 255, ''", "256, 256, ''"})
    void aLongColumnIsNotCutInsideAPair(int before, int kept, String pair) {
        var e = new RejectedException(RejectReason.JSON, "a".repeat(before) + "\ud83d\ude00b", "");

        assertThat(e.column()).isEqualTo("a".repeat(kept) + pair + "…");
    }
}
