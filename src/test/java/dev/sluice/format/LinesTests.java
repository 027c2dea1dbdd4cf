package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LinesTests {

    @Property
    void linesAreReadBackAsTheyWereWritten(
            @ForAll List<@NotEmpty @CharRange(from = ' ', to = 'ÿ') String> lines, @ForAll boolean crlf)
            throws Exception {
        String text = String.join(crlf ? "\r\n" : "\n", lines);
        var read = new ArrayList<String>();
        Records records = new Lines("text", StandardCharsets.ISO_8859_1)
                .open(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)),
                        List.of("text"),
                        new RecordLimits(1 << 20, Long.MAX_VALUE));
        while (records.next()) {
            assertThat(records.fields()).containsOnlyKeys("text");
            assertThat(records.fields().get("text"))
                    .isEqualTo(new Value.Text(new String(records.raw(), StandardCharsets.ISO_8859_1)));
            read.add(new String(records.raw(), StandardCharsets.ISO_8859_1));
        }
        assertThat(read).isEqualTo(lines);
    }

    @Test
    void emptyLinesAreNoRecordsAndBlankOnesAre() throws Exception {
        Records records = new Lines().open(in("\n\r\n \na,\"b\n"), List.of(), new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("line", new Value.Text(" "));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("line", new Value.Text("a,\"b"));
        assertThat(records.place()).isEqualTo(new Place(5, 4));
        assertThat(records.next()).isFalse();
    }

    @Test
    void aLineThatIsNotInTheCharacterSetIsRejected() throws Exception {
        Records records = new Lines()
                .open(
                        new ByteArrayInputStream(new byte[] {'a', (byte) 0xe9}),
                        List.of(),
                        new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(records::fields)
                .withMessage("The record is not valid UTF-8 from its byte 2 on.")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.ENCODING));
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lines("", StandardCharsets.UTF_8));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lines("line", StandardCharsets.UTF_16));
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> new Lines().open(in("a"), List.of("id"), new RecordLimits(4096, Long.MAX_VALUE)))
                .withMessage("A plain line lacks the key column 'id' of the feed.");
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
