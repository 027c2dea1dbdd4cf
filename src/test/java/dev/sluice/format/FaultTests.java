package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.sluice.value.RejectReason;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bytes are at fault: in the records here they stand in brackets, of which there are none in the record itself. */
class FaultTests {

    private static final Csv CSV = new Csv(
            ';',
            Optional.of('\''),
            Optional.empty(),
            Optional.of("NULL"),
            List.of("a", "b", "c"),
            StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '´',
            value = {
                "BAD_TYPE         ~ a   ~ ⟦1⟧;2;3",
                "BAD_TYPE         ~ b   ~ 1;⟦2⟧;3",
                "BAD_TYPE         ~ c   ~ 1;2;⟦3⟧",
                "BAD_TYPE         ~ b   ~ é;⟦ü,€⟧;3",
                "BAD_TYPE         ~ b   ~ '1;''x''';⟦'2;'⟧;3",
                "BAD_TYPE         ~ c   ~ 1';2;⟦3''⟧",
                "NUMBER_RANGE     ~ b   ~ 1;⟦9e999⟧;3",
                "NESTING          ~ b   ~ 1;⟦[[[[]]]]⟧;3",
                "ITEM_TOO_LARGE   ~ b   ~ 1;⟦long⟧;3",
                "MISSING_KEY      ~ b   ~ 1;⟦NULL⟧;3",
                "MISSING_NEWEST_BY~ b   ~ 1;⟦NULL⟧;3",
                "DUPLICATE_COLUMN ~ b   ~ 1;⟦2⟧;3",
                "EMPTY_KEY        ~ a   ~ ⟦⟧;2;3",
                "EMPTY_KEY        ~ b   ~ 1;⟦⟧;3",
                "EMPTY_KEY        ~ c   ~ 1;2;⟦⟧",
                "EMPTY_KEY        ~ c   ~ 1;2;⟦''⟧",
                "KEY_TOO_LONG     ~ a,c ~ 12;2;⟦123⟧",
                "KEY_TOO_LONG     ~ a,b ~ ⟦123⟧;12;1234",
                "MISSING_KEY      ~ day ~ 1;2;3",
                "FIELD_COUNT      ~     ~ ⟦1;2⟧",
                "FIELD_COUNT      ~     ~ 1;2;3;⟦4;5⟧",
                "FIELD_COUNT      ~     ~ 1;'2;2';3;⟦⟧",
                "QUOTES           ~ b   ~ 1;⟦'2;3⟧",
                "QUOTES           ~ b   ~ 1;'2'⟦ x⟧;3",
                "QUOTES           ~ c   ~ 1;'2;;2''';'3'⟦x'⟧",
                "QUOTES           ~ a   ~ ⟦'⟧",
                "TRANSFORM_FAILED ~     ~ 1;2;3",
                "RECORD_TOO_LARGE ~     ~ 1;2;3",
            })
    void aCsvRecordHasItsFaultWhereItsFieldStands(RejectReason reason, @Nullable String columns, String record)
            throws Exception {
        check(CSV, reason, columns, record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '´',
            value = {
                "BAD_TYPE         ~ a   ~ {\"a\":⟦\"x\"⟧}",
                "BAD_TYPE         ~ b   ~ {\"a\":\"b\" , \"b\" : ⟦-1.5e3⟧ , \"c\":1}",
                "BAD_TYPE         ~ b   ~ {\"a\":{\"b\":1},\"b\":⟦{ \"x\":[1,{}] }⟧}",
                "BAD_TYPE         ~ b   ~ {\"ä\":\"€😀\",\"\\u0062\":⟦\"\\\"b\\\"😀\"⟧ }",
                "BAD_TYPE         ~ ä   ~ {\"ä\":⟦true⟧}",
                "EMPTY_KEY        ~ a   ~ {\"a\":⟦\"\"⟧}",
                "EMPTY_KEY        ~ a   ~ {\"a\":⟦[1]⟧}",
                "MISSING_KEY      ~ a   ~ {\"a\":⟦null⟧}",
                "MISSING_KEY      ~ a   ~ {\"b\":null}",
                "MISSING_NEWEST_BY~ a   ~ {\"a\":⟦{}⟧}",
                "KEY_TOO_LONG     ~ a,b ~ {\"a\":\"1\",\"b\":⟦\"12\"⟧,\"c\":\"1234\"}",
                "NUMBER_RANGE     ~ a   ~ {\"a\":⟦1e400⟧}",
                "NESTING          ~ a   ~ {\"x\":0,\"a\":⟦[[[]]]⟧}",
                "ITEM_TOO_LARGE   ~ a   ~ {\"a\":⟦\"long\"⟧}",
                "ENCODING         ~ a   ~ {\"a\":⟦\"\\ud800\"⟧}",
                "COLUMN_NAME      ~ ´´  ~ {⟦\"\":1⟧}",
                "COLUMN_NAME      ~ a   ~ {⟦\"a\":{\"\":1}⟧}",
                "DUPLICATE_COLUMN ~ a   ~ {\"a\":\"Köln\",\"a\":⟦\"Cologne\"⟧,\"a\":3}",
                "DUPLICATE_COLUMN ~ b   ~ {\"b\":0,\"a\":[{\"b\":1},{\"b\":1,\"b\":⟦{}⟧}]}",
                "DUPLICATE_COLUMN ~ a   ~ {\"a\":{\"x\":1,\"y\":[]},\"b\":1,\"a\":⟦{\"x\":1}⟧}",
                "JSON             ~     ~ {\"id\":\"bonn\",⟦country⟧:\"DE\"}",
                "JSON             ~     ~ {\"ü\":⟦s3cret-content⟧}",
                "JSON             ~     ~ {\"a\":1⟦⟧",
                "JSON             ~     ~ {\"a\":⟦}⟧",
                "JSON             ~     ~ {\"a\":1}⟦{\"b\":2}⟧",
                "JSON             ~     ~ {\"a\":1} ⟦x⟧",
                "JSON             ~     ~ ⟦[1]⟧",
                "JSON             ~     ~ ⟦\"text\"⟧",
                "JSON             ~     ~ ⟦nonsense⟧",
                "TRANSFORM_FAILED ~     ~ {\"a\":1}",
                "RECORD_TOO_LARGE ~     ~ {\"a\":1}",
            })
    void aJsonRecordHasItsFaultWhereItsValueStands(RejectReason reason, @Nullable String columns, String record)
            throws Exception {
        check(new Ndjson(StandardCharsets.UTF_8), reason, columns, record);
    }

    @Test
    void anElementOfAnArrayToo() throws Exception {
        byte[] array = "[ {\"a\":1} , {\"a\" : \"x\"} ]".getBytes(StandardCharsets.UTF_8);
        Records records = new JsonArray(StandardCharsets.UTF_8)
                .open(new ByteArrayInputStream(array), List.of(), new RecordLimits(1000, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.next()).isTrue();

        assertThat(records.fault(RejectReason.BAD_TYPE, "a"::equals)).contains(new Span(7, 10));
    }

    @Test
    void aLineIsOneValue() throws Exception {
        check(new Lines("line", StandardCharsets.UTF_8), RejectReason.ITEM_TOO_LARGE, "line", "⟦all of it⟧");
        check(new Lines("line", StandardCharsets.UTF_8), RejectReason.TRANSFORM_FAILED, "", "all of it");
    }

    @Test
    void bytesThatAreNoTextAreAtFaultAndPlacesAreThoseOfBytesInAnyCharacterSet() throws Exception {
        Charset windows = Charset.forName("windows-1252");
        byte[] record = {'{', '"', (byte) 0xfc, '"', ':', '"', (byte) 0x80, '"', '}'};
        assertThat(first(new Ndjson(windows), record).fault(RejectReason.BAD_TYPE, "ü"::equals))
                .contains(new Span(5, 8));
        assertThat(first(new Ndjson(StandardCharsets.UTF_8), record).fault(RejectReason.ENCODING, ""::equals))
                .contains(new Span(2, 3));
        byte[] fields = {'1', ';', '2', (byte) 0xe2, (byte) 0x82, ';', '3'};
        assertThat(first(CSV, fields).fault(RejectReason.ENCODING, ""::equals)).contains(new Span(3, 5));
        assertThat(first(new Lines("line", StandardCharsets.UTF_8), fields).fault(RejectReason.ENCODING, ""::equals))
                .contains(new Span(3, 5));
    }

    @Test
    void whatIsOverAParsersLimitsHasAPlaceToo() throws Exception {
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        String wide = "{\"a\":" + "1".repeat(5000) + "}";
        for (String record : List.of(deep, wide)) {
            Records records = first(new Ndjson(StandardCharsets.UTF_8), record.getBytes(StandardCharsets.UTF_8));
            assertThat(records.fault(RejectReason.NESTING, "a"::equals)).contains(new Span(5, record.length() - 1));
        }
    }

    /** Each level costs memory, and a record may have as many as bytes. */
    @Test
    void whatIsNestedWithoutEndHasNoPlace() throws Exception {
        String endless = "{\"a\":" + "[".repeat(20_000);
        Records records = first(new Ndjson(StandardCharsets.UTF_8), endless.getBytes(StandardCharsets.UTF_8));
        assertThat(records.fault(RejectReason.NESTING, "a"::equals)).isEmpty();
    }

    /** As the parser that makes values of them, and where that one cannot, a place too. */
    @Property
    void fieldsAreFoundWhereTheParserFindsThem(
            @ForAll @CharRange(from = '&', to = ')') @StringLength(max = 12) String text) throws Exception {
        var csv = new Csv(
                '&', Optional.of('\''), Optional.empty(), Optional.empty(), List.of("a"), StandardCharsets.UTF_8);
        byte[] record = ("x" + text).getBytes(StandardCharsets.UTF_8);
        try {
            List<Value> values = new CsvFields(csv).of(record, 0, record.length);
            List<String> columns = IntStream.range(0, values.size())
                    .mapToObj(Integer::toString)
                    .toList();
            for (String column : columns) {
                Span field = new CsvFault(record, csv)
                        .of(RejectReason.BAD_TYPE, column::equals, columns)
                        .orElseThrow();
                String found = ("x" + text).substring(field.from(), field.to());
                String bare = found.startsWith("'")
                        ? found.substring(1, found.length() - 1).replace("''", "'")
                        : found;
                assertThat(new Value.Text(bare)).isEqualTo(values.get(Integer.parseInt(column)));
            }
        } catch (CsvParseException _) {
            assertThat(new CsvFault(record, csv).of(RejectReason.QUOTES, ""::equals, List.of()))
                    .isPresent();
        }
    }

    private static void check(Format format, RejectReason reason, @Nullable String columns, String marked)
            throws Exception {
        int from = length(marked.split("⟦", 2)[0]);
        int to = length(marked.replace("⟦", "").split("⟧", 2)[0]);
        String record = marked.replace("⟦", "").replace("⟧", "");
        Set<String> at = columns == null ? Set.of() : Set.of(columns.split(",", -1));

        assertThat(first(format, record.getBytes(StandardCharsets.UTF_8)).fault(reason, at::contains))
                .isEqualTo(Optional.of(new Span(from, to)).filter(_ -> marked.contains("⟦")));
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Records first(Format format, byte[] record) throws Exception {
        Records records =
                format.open(new ByteArrayInputStream(record), List.of(), new RecordLimits(100_000, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        return records;
    }
}
