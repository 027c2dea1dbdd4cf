package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The corners of RFC 4180 and of the options beyond it, each with its outcome. */
class CsvCornersTests {

    private static final Csv RFC_4180 = new Csv(',');

    /** Two columns; every option on. */
    private static final Csv ALL = new Csv(
            ';', Optional.of('\''), Optional.of('#'), Optional.of("NULL"), List.of("a", "b"), StandardCharsets.UTF_8);

    private static final Csv UNQUOTED_TSV = new Csv(
            '\t', Optional.empty(), Optional.empty(), Optional.of(""), List.of("a", "b"), StandardCharsets.UTF_8);

    /** ␍ and ␊ are the line ends, ∅ is null, fields stand in brackets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '´',
            value = {
                // 2.1, 2.2: lines end with CRLF, the last one need not.
                "a,b␍␊1,2␍␊3,4␍␊       ~ [1][2] [3][4]",
                "a,b␍␊1,2              ~ [1][2]",
                // Beyond it: LF or CR alone, mixed too.
                "a,b␊1,2␍3,4␍␊         ~ [1][2] [3][4]",
                // 2.4: spaces are part of a field; every record has as many fields as the header.
                "a,b␊ 1 , 2            ~ [ 1 ][ 2]",
                "a,b␊1                 ~ field-count",
                "a,b␊1,2,              ~ field-count",
                "a,b␊,                 ~ [][]",
                "a␊\"\"                ~ []",
                // 2.5: fields may be quoted; quotes in a field that is not are beyond the RFC, and kept.
                "a,b␊\"1\",2           ~ [1][2]",
                "a,b␊1\"1,\"2\"        ~ [1\"1][2]",
                "a,b␊1\"\"1,2          ~ [1\"\"1][2]",
                "a,b␊ \"1\",2          ~ [ \"1\"][2]",
                "a,b␊\"1\" ,2␊3,4      ~ quotes:a [3][4]",
                "a,b␊1,\"2\"x␊3,4      ~ quotes:b [3][4]",
                // 2.6: line breaks, quotes and delimiters inside quotes.
                "a,b␊\"1␍␊␊␍,\",2      ~ [1␍␊␊␍,][2]",
                // 2.7: a doubled quote is one.
                "a,b␊\"\"\"1\"\"\",2   ~ [\"1\"][2]",
                "a,b␊\"\"\"\",2        ~ [\"][2]",
                "a,b␊\"1,2␊3,4         ~ quotes:a open-quote",
                // The header is a record like any other.
                "\"a\",\"b␊c\"␊1,2     ~ [1][2]",
                "␊␍␊a,b␊␊1,2␊␊         ~ [1][2]",
            })
    void ofTheRfc(String text, String outcome) throws Exception {
        assertThat(outcome(RFC_4180, text)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '´',
            value = {
                "1;2␊3;4               ~ [1][2] [3][4]",
                "'#1';2                ~ [#1][2]",
                "# it's a;'comment␊1;2 ~ [1][2]",
                "#␍#␍␊1;2␊#            ~ [1][2]",
                "#it's␊1;2             ~ [1][2]",
                "1;#2                  ~ [1][#2]",
                "1;2␊ #1;2             ~ [1][2] [ #1][2]",
                "1;'␊#2'               ~ [1][␊#2]",
                "NULL;'NULL'           ~ ∅[NULL]",
                "'x';NULL              ~ [x]∅",
                "null; NULL            ~ [null][ NULL]",
                "1;\"2                 ~ [1][\"2]",
            })
    void ofTheOptions(String text, String outcome) throws Exception {
        assertThat(outcome(ALL, text)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '´',
            value = {
                "\"1→2\"␊3→4 ~ [\"1][2\"] [3][4]",
                "→2␍␊\"\"→   ~ ∅[2] [\"\"]∅",
            })
    void ofFilesWithoutQuotes(String text, String outcome) throws Exception {
        assertThat(outcome(UNQUOTED_TSV, text.replace('→', '\t'))).isEqualTo(outcome);
    }

    @Test
    void theCharacterSetIsTheFeeds() throws Exception {
        Charset latin = Charset.forName("windows-1252");
        var csv = new Csv(',', Optional.of('"'), Optional.empty(), Optional.empty(), List.of("a"), latin);
        Records records = csv.open(
                new ByteArrayInputStream(
                        new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '\n', (byte) 0x80, '\n', (byte) 0x81}),
                List.of("a"),
                new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        // No byte order mark in this character set, but three letters.
        assertThat(records.fields()).containsEntry("a", new Value.Text("ï»¿"));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("a", new Value.Text("€"));
        assertThat(records.next()).isTrue();
        assertThat(reason(records)).isEqualTo(RejectReason.ENCODING);
        assertThat(records.raw()).isEqualTo(new byte[] {(byte) 0x81});
    }

    @Test
    void theRawBytesOfARecordAreWithoutItsLineBreak() throws Exception {
        Records records = RFC_4180.open(
                in("a\r\n\"1\r\n\"\r\n" + "x".repeat(9000)), List.of(), new RecordLimits(8192, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.raw()).asString(StandardCharsets.UTF_8).isEqualTo("\"1\r\n\"");
        assertThat(records.next()).isTrue();
        assertThat(records.raw()).hasSize(4096);
        assertThat(reason(records)).isEqualTo(RejectReason.RECORD_TOO_LARGE);
    }

    @Test
    void theFeedsColumnsHaveToHoldItsKey() {
        assertThat(catchThrowableOfType(
                        FormatException.class,
                        () -> ALL.open(in("1;2"), List.of("a", "c"), new RecordLimits(4096, Long.MAX_VALUE))))
                .hasMessage("The feed's columns lack the key column 'c' of the feed.");
    }

    @Test
    void wrongOptionsAreRefused() {
        assertRefused("delimiter, quote and comment have to differ, and two of them are ','", ',', ',', '#', "UTF-8");
        assertRefused("delimiter, quote and comment have to differ, and two of them are '\"'", ',', '"', '"', "UTF-8");
        assertRefused("quote has to be one ASCII character and no line break", ',', '´', '#', "UTF-8");
        assertRefused("comment has to be one ASCII character and no line break", ',', '"', '\n', "UTF-8");
        assertRefused("each of the columns [a, a] has to have a name of its own", ',', '"', '#', "UTF-8", "a", "a");
        assertRefused("each of the columns [a, ] has to have a name of its own", ',', '"', '#', "UTF-8", "a", "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv(',', '"', '#', "UTF-16LE"))
                .withMessageStartingWith("the character set UTF-16LE cannot be read; use UTF-8 or");
    }

    private static void assertRefused(
            String sentence, char delimiter, char quote, char comment, String charset, String... columns) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv(delimiter, quote, comment, charset, columns))
                .withMessage(sentence);
    }

    private static Csv csv(char delimiter, char quote, char comment, String charset, String... columns) {
        return new Csv(
                delimiter,
                Optional.of(quote),
                Optional.of(comment),
                Optional.empty(),
                List.of(columns),
                Charset.forName(charset));
    }

    private static RejectReason reason(Records records) {
        return catchThrowableOfType(RejectedException.class, records::fields).reason();
    }

    private static String outcome(Csv csv, String text) throws Exception {
        var outcome = new ArrayList<String>();
        try {
            Records records = csv.open(
                    in(text.replace('␍', '\r').replace('␊', '\n')), List.of(), new RecordLimits(4096, Long.MAX_VALUE));
            while (records.next()) {
                try {
                    outcome.add(records.fields().values().stream()
                            .map(CsvCornersTests::show)
                            .collect(Collectors.joining()));
                } catch (RejectedException e) {
                    outcome.add(e.reason().code() + (e.column().isEmpty() ? "" : ":" + e.column()));
                }
            }
        } catch (FormatException e) {
            outcome.add(e.code());
        }
        return String.join(" ", outcome);
    }

    private static String show(Value value) {
        return value instanceof Value.Text(String text)
                ? "[" + text.replace('\r', '␍').replace('\n', '␊') + "]"
                : "∅";
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
