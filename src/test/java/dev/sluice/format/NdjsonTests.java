package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class NdjsonTests {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    @Property
    void objectsAreReadBackAsTheyWereWritten(
            @ForAll(supplier = JsonObjects.class) List<Map<String, Value>> objects, @ForAll boolean crlf)
            throws Exception {
        var text = new StringBuilder();
        for (var object : objects) {
            text.append(MAPPER.writeValueAsString(new Value.Fields(object))).append(crlf ? "\r\n" : "\n");
        }
        Records records = open(text.toString());
        for (var object : objects) {
            assertThat(records.next()).isTrue();
            assertThat(records.fields()).containsExactlyEntriesOf(object);
        }
        assertThat(records.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "1E+2", "1e2", "0.10", "-0", "12345678901234567890123456789012345678", "1E-130"})
    void numbersKeepEveryDigit(String digits) throws Exception {
        Records records = open("{\"a\":" + digits + ",\"b\":[" + digits + "]}");
        assertThat(records.next()).isTrue();
        assertThat(records.fields())
                .containsEntry("a", new Value.Num(digits))
                .containsEntry("b", new Value.Items(List.of(new Value.Num(digits))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "JSON             | [1]",
                "JSON             | \"text\"",
                "JSON             | 1",
                "JSON             | null",
                "JSON             | {\"a\":1",
                "JSON             | {\"a\":1} x",
                "JSON             | {\"a\":1}{\"b\":2}",
                "JSON             | {\"a\":01}",
                "JSON             | {'a':1}",
                "JSON             | {\"a\":NaN}",
                "JSON             | {\"a\":\"\t\"}",
                "JSON             | nonsense",
                "DUPLICATE_COLUMN | {\"a\":1,\"a\":1}",
                "DUPLICATE_COLUMN | {\"a\":null,\"a\":1}",
                "DUPLICATE_COLUMN | {\"a\":{\"b\":1,\"b\":2}}",
            })
    void aBadLineIsRejectedAndTheNextOneIsRead(RejectReason reason, String line) throws Exception {
        Records records = open(line + "\n{\"good\":true}\n");
        assertThat(records.next()).isTrue();
        assertThat(rejected(records).reason()).isEqualTo(reason);
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("good", new Value.Bool(true));
        assertThat(records.place()).isEqualTo(new Place(line.length() + 1, 2));
    }

    @Test
    void whatIsNestedWithoutEndIsRejected() throws Exception {
        Records records = open("{\"a\":" + "[".repeat(100_000) + "\n{\"a\":" + "{\"a\":".repeat(100_000) + "\n");
        assertThat(records.next()).isTrue();
        assertThat(rejected(records).reason()).isEqualTo(RejectReason.NESTING);
        assertThat(records.next()).isTrue();
        assertThat(rejected(records).reason()).isEqualTo(RejectReason.NESTING);
    }

    @ParameterizedTest
    @CsvSource({
        "a lone Latin-1 letter, e9",
        "a slash in two bytes, c0af",
        "a surrogate pair in six bytes, eda0bdedb880",
        "half of a surrogate pair, eda0bd",
        "a character cut off, e282",
        "a code point behind the last one, f4908080"
    })
    void invalidUtf8IsRejected(String what, String hex) throws Exception {
        for (String template : List.of("{\"a\":\"%s\"}", "{\"%s\":1}", "{\"a\":[\"%s\"]}")) {
            byte[] bytes = template.formatted(new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1);
            Records records = open(bytes);
            assertThat(records.next()).isTrue();
            assertThat(rejected(records).reason()).as(what).isEqualTo(RejectReason.ENCODING);
        }
    }

    @Test
    void blankLinesAreNoRecordsButCountAsLines() throws Exception {
        Records records = open("\uFEFF\n \t\r\n{\"a\":1}\n\n{\"a\":2}");
        assertThat(records.next()).isTrue();
        assertThat(records.place()).isEqualTo(new Place(8, 3));
        assertThat(records.fields()).containsEntry("a", new Value.Num("1"));
        assertThat(records.next()).isTrue();
        assertThat(records.place()).isEqualTo(new Place(17, 5));
        assertThat(records.next()).isFalse();
        assertThat(open("").next()).isFalse();
    }

    @Test
    void aNumberWithoutEndIsRejectedAndANameWithoutEndIsLeftToTheItem() throws Exception {
        String name = "n".repeat(60_000);
        Records records = open("{\"a\":" + "9".repeat(2000) + "}\n{\"" + name + "\":1}\n");
        assertThat(records.next()).isTrue();
        assertThat(rejected(records).reason()).isEqualTo(RejectReason.NUMBER_RANGE);
        assertThat(rejected(records).column()).isEqualTo("a");
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsKey(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {"b | {\"a\":1,\"b\":x}", "b | {\"a\":1,\"b\":{\"c\":[1,x]}}", "'' | {\"a\":1} x", "'' | [1]"})
    void theColumnAtFaultIsNamed(String column, String line) throws Exception {
        Records records = open(line);
        assertThat(records.next()).isTrue();
        assertThat(rejected(records).column()).isEqualTo(column.equals("''") ? "" : column);
        assertThat(records.raw()).isEqualTo(bytes(line));
    }

    @Test
    void aLineMayBeInAnotherCharacterSet() throws Exception {
        Records records = new Ndjson(StandardCharsets.ISO_8859_1)
                .open(
                        in("{\"ä\":\"ÿ\"}\n".getBytes(StandardCharsets.ISO_8859_1)),
                        List.of(),
                        new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("ä", new Value.Text("ÿ"));
    }

    @Test
    void aLineOverTheLimitIsRejected() throws Exception {
        Records records = new Ndjson()
                .open(
                        in(bytes(" ".repeat(100_000) + "\n{\"a\":1}")),
                        List.of("a"),
                        new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(rejected(records).reason()).isEqualTo(RejectReason.RECORD_TOO_LARGE);
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsKey("a");
    }

    @Test
    void aMessageNeverShowsWhatTheLineHolds() throws Exception {
        for (String line :
                List.of("{\"a\":secret}", "{\"a\":\"secret\"", "\"secret\"", "{\"secret\":1,\"secret\":2}")) {
            Records records = open(line);
            assertThat(records.next()).isTrue();
            assertThat(rejected(records).getMessage()).doesNotContain("secret");
        }
    }

    private static RejectedException rejected(Records records) {
        return catchThrowableOfType(RejectedException.class, records::fields);
    }

    private static Records open(String text) throws IOException {
        return open(bytes(text));
    }

    private static Records open(byte[] bytes) throws IOException {
        return new Ndjson().open(in(bytes), List.of(), new RecordLimits(1 << 20, Long.MAX_VALUE));
    }

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
