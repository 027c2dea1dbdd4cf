package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.nio.charset.Charset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTests {

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "windows-1252", "windows-1251", "KOI8-R"})
    void theseAreFramedByBytes(String name) {
        Charset charset = Charset.forName(name);
        assertThat(TextDecoder.check(charset)).isEqualTo(charset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-16",
                "UTF-16LE",
                "UTF-16BE",
                "UTF-32",
                "Shift_JIS",
                "GB18030",
                "Big5",
                "EUC-JP",
                "ISO-2022-JP",
                "IBM037"
            })
    void theseAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextDecoder.check(Charset.forName(name)))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "US-ASCII", "UTF-8"})
    void whatHasNoCharacterIsRejectedAndNeverReplaced(String name) {
        byte[] bytes = {'x', 'a', 'b', (byte) 0x81, 'c'};
        RejectedException rejected = catchThrowableOfType(
                RejectedException.class, () -> new TextDecoder(Charset.forName(name)).decode(bytes, 1, 4));
        assertThat(rejected.reason()).isEqualTo(RejectReason.ENCODING);
        assertThat(rejected).hasMessage("The record is not valid %s from its byte 3 on.".formatted(name));
    }
}
