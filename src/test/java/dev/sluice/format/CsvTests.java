package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTests {

    private static final int LIMIT = 64 * 1024;

    @Test
    void fieldsStandUnderTheHeadersNamesInItsOrder() throws Exception {
        Records records = open("b,a\n1,2\n");
        assertThat(records.next()).isTrue();
        assertThat(records.fields())
                .containsExactly(Map.entry("b", new Value.Text("1")), Map.entry("a", new Value.Text("2")));
        assertThat(records.place()).isEqualTo(new Place(4, 2));
        assertThat(records.next()).isFalse();
    }

    @Test
    void theByteOrderMarkIsNoPartOfTheFirstColumn() throws Exception {
        Records records = open("\uFEFFid\n1\n", "id");
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsOnlyKeys("id");
        assertThat(records.place()).isEqualTo(new Place(6, 2));
    }

    @Test
    void anotherDelimiterLeavesCommasAlone() throws Exception {
        Records records =
                new Csv(';').open(in("a;b\n1,5;\"x;y\"\n"), List.of(), new RecordLimits(LIMIT, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsValues(new Value.Text("1,5"), new Value.Text("x;y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n\r\n\r", "a,b", "a,b\n", "a,b\r\n\r\n"})
    void withoutRecordsThereIsNothingToReadAndNothingWrong(String text) throws Exception {
        assertThat(open(text, text.contains("a") ? "a" : "key").next()).isFalse();
    }

    @Test
    void blankLinesAreNoRecordsButCountAsLines() throws Exception {
        Records records = open("\n\na,b\n\r\n\n1,2\r\r3,4");
        assertThat(records.next()).isTrue();
        assertThat(records.place()).isEqualTo(new Place(9, 6));
        assertThat(records.next()).isTrue();
        assertThat(records.place()).isEqualTo(new Place(14, 8));
        assertThat(records.fields()).containsValue(new Value.Text("4"));
        assertThat(records.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,2,3", "\"1,2\""})
    void tooFewAndTooManyFieldsAreRejected(String record) throws Exception {
        assertThat(rejected(record).reason()).isEqualTo(RejectReason.FIELD_COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"x,2", "\"1\" ,2", "1,\"2"})
    void brokenQuotesAreRejected(String record) throws Exception {
        assertThat(rejected(record).reason()).isEqualTo(RejectReason.QUOTES);
    }

    @Test
    void aQuoteThatIsNotClosedTakesTheRestOfTheFile() throws Exception {
        Records records = open("a,b\n1,\"2\n3,4\n5,6\n");
        assertThat(records.next()).isTrue();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(records::fields)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.QUOTES));
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(records::next)
                .withMessage("A quote in the record of line 2 is never closed.")
                .satisfies(e -> assertThat(e.code()).isEqualTo("open-quote"));
    }

    @Test
    void aQuoteThatIsNotClosedIsToldOverTheLimitToo() throws Exception {
        Records records = new Csv(',')
                .open(in("a\n\"" + "x\n".repeat(200_000)), List.of(), new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThatExceptionOfType(RejectedException.class).isThrownBy(records::fields);
        assertThatExceptionOfType(FormatException.class).isThrownBy(records::next);
    }

    /** Its byte is -1 in Java. */
    @Test
    void aLatinYWithDotsIsNoComment() throws Exception {
        var latin = new Csv(
                ',',
                Optional.of('"'),
                Optional.empty(),
                Optional.empty(),
                List.of("a", "b"),
                StandardCharsets.ISO_8859_1);
        byte[] text = "\u00ff,\"x\ny\"\nz,1\n".getBytes(StandardCharsets.ISO_8859_1);
        Records records =
                latin.open(new ByteArrayInputStream(text), List.of(), new RecordLimits(LIMIT, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.fields())
                .containsEntry("a", new Value.Text("\u00ff"))
                .containsEntry("b", new Value.Text("x\ny"));
        assertThat(records.next()).isTrue();
        assertThat(records.place()).isEqualTo(new Place(8, 3));
    }

    @Test
    void invalidUtf8IsRejectedAndTheNextRecordIsRead() throws Exception {
        byte[] text = "a,b\n1,?\n\uFFFD,2\n".getBytes(StandardCharsets.UTF_8);
        text[6] = (byte) 0xe9;
        Records records =
                new Csv(',').open(new ByteArrayInputStream(text), List.of(), new RecordLimits(LIMIT, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(records::fields)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.ENCODING));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("a", new Value.Text("\uFFFD"));
    }

    /** Wherever the fields are cut, and also where a quote is wrong too. */
    @ParameterizedTest
    @ValueSource(strings = {"1,b?", "1,b?,\"", "1,\"?", "\"1\"x,?"})
    void theFirstInvalidByteIsCountedFromTheRecordsBeginning(String record) throws Exception {
        byte[] text = ("a,b\n0,0\n" + record + "\n").getBytes(StandardCharsets.UTF_8);
        int at = "a,b\n0,0\n".length() + record.indexOf('?');
        text[at] = (byte) 0xe9;
        Records records =
                new Csv(',').open(new ByteArrayInputStream(text), List.of(), new RecordLimits(LIMIT, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.next()).isTrue();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(records::fields)
                .withMessage("The record is not valid UTF-8 from its byte %d on.".formatted(record.indexOf('?') + 1));
    }

    @Test
    void noByteIsAQuoteWhereThereIsNone() throws Exception {
        var csv = new Csv(
                ',', Optional.empty(), Optional.empty(), Optional.empty(), List.of(), StandardCharsets.ISO_8859_1);
        byte[] text = "a,b\n\"ÿ,ÿ\"\n".getBytes(StandardCharsets.ISO_8859_1);
        Records records = csv.open(new ByteArrayInputStream(text), List.of(), new RecordLimits(LIMIT, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.fields())
                .containsEntry("a", new Value.Text("\"ÿ"))
                .containsEntry("b", new Value.Text("ÿ\""));
    }

    @Test
    void aRecordOverTheLimitIsRejectedAndTheNextOneIsRead() throws Exception {
        Records records = new Csv(',')
                .open(in("a\n" + "x".repeat(200_000) + "\ny\n"), List.of(), new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(records::fields)
                .withMessage("The record has 200001 bytes.")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.RECORD_TOO_LARGE));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("a", new Value.Text("y"));
        assertThat(records.place()).isEqualTo(new Place(200_003, 3));
    }

    @Test
    void aMessageNeverShowsWhatTheRecordHolds() throws Exception {
        for (String record : List.of("secret", "\"secret\"x,2", "1,\"secret")) {
            assertThat(rejected(record).getMessage()).doesNotContain("secret");
        }
    }

    @Test
    void aHeaderThatCannotBeUsedFailsTheObject() {
        assertFails("a,,b\n1,2,3", "empty-column", "Column 2 of the header has no name.");
        assertFails("a,b,a\n1,2,3", "duplicate-column", "Column 3 of the header has the name of another one.");
        assertFails("a,b\n1,2", "missing-column", "The header lacks the key column 'key' of the feed.", "a", "key");
        assertFails("a,b", "missing-column", "The header lacks the key column 'A' of the feed.", "A");
        assertFails(
                "a,\"b\n1,2",
                "bad-header",
                "The header cannot be read: A quote is not closed, or something follows a closing quote.");
    }

    @ParameterizedTest
    @ValueSource(chars = {'"', '\r', '\n', 'é'})
    void someDelimitersAreNone(char delimiter) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Csv(delimiter));
    }

    private static void assertFails(String text, String code, String sentence, String... required) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> open(text, required))
                .withMessage(sentence)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private static RejectedException rejected(String record) throws IOException, FormatException {
        Records records = open("a,b\n" + record);
        assertThat(records.next()).isTrue();
        return catchThrowableOfType(RejectedException.class, records::fields);
    }

    private static Records open(String text, String... required) throws IOException, FormatException {
        return new Csv(',').open(in(text), List.of(required), new RecordLimits(LIMIT, Long.MAX_VALUE));
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
