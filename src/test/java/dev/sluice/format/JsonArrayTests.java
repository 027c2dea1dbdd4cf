package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

class JsonArrayTests {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    @Property
    void objectsAreReadBackAsTheyWereWritten(
            @ForAll(supplier = JsonObjects.class) List<Map<String, Value>> objects,
            @ForAll boolean pretty,
            @ForAll boolean crlf,
            @ForAll boolean latin)
            throws Exception {
        ObjectWriter writer = pretty ? MAPPER.writerWithDefaultPrettyPrinter() : MAPPER.writer();
        String text = writer.writeValueAsString(
                objects.stream().map(Value.Fields::new).toList());
        text = crlf ? text.replace("\n", "\r\n") : text;
        Charset charset = latin && StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)
                ? StandardCharsets.ISO_8859_1
                : StandardCharsets.UTF_8;
        byte[] bytes = text.getBytes(charset);

        Records records = new JsonArray(charset)
                .open(new ByteArrayInputStream(bytes), List.of(), new RecordLimits(1 << 20, Long.MAX_VALUE));
        for (int i = 0; i < objects.size(); i++) {
            assertThat(records.next()).isTrue();
            assertThat(records.fields()).containsExactlyEntriesOf(objects.get(i));
            assertThat(records.place().pointer()).contains("/" + i);
            int offset = (int) records.place().offset();
            byte[] raw = records.raw();
            assertThat(raw).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + raw.length));
            assertThat(raw[0]).isEqualTo((byte) '{');
            assertThat(raw[raw.length - 1]).isEqualTo((byte) '}');
            String before = new String(bytes, 0, offset, charset);
            assertThat(records.place().line())
                    .isEqualTo(1 + before.chars().filter(c -> c == '\n').count());
        }
        assertThat(records.next()).isFalse();
    }

    /** {@code +} is a record, the others are the codes of what is rejected and, at the end, of what fails the object. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                // RFC 8259, 2: blanks may stand around every bracket and comma.
                "[]                              | end",
                " [ ] \t                         | end",
                " [ {\"a\":1} , {\"a\":2} ]      | + + end",
                // 5: an element may be any value; a record has to be an object.
                "[1,\"x\",null,[{}],{}]          | json json json json + end",
                "[[1,2],{\"a\":[[],{}]}]         | json + end",
                // 7: brackets, commas and escaped quotes inside texts are characters.
                "[{\"a\":\"],[{}\"},{\"a\":1}]   | + + end",
                "[{\"a\":\"\\\"]\"},{\"a\":1}]   | + + end",
                "[{\"a\":\"\\\\\"},{\"a\":1}]    | + + end",
                "[\"],{\",{}]                    | json + end",
                // Not JSON, but the next element can be told.
                "[nonsense,{\"a\":1}]            | json + end",
                "[{\"a\":1]},{\"a\":1}]          | json + end",
                "[{\"a\":01},{'a':1},{}]         | json json + end",
                "[{\"a\":1} {\"a\":2},{}]        | json + end",
                "[{\"a\":1}},{}]                 | json + end",
                "[{]},{}]                        | json + end",
                "[{\"a\":1,\"a\":2},{}]          | duplicate-column + end",
                // Nothing between commas is no record, and nothing is lost with it.
                "[,{},,{},]                      | + + end",
                // 2: a text is one value.
                "{\"a\":1}                       | not-an-array",
                "{\"a\":1}\\n{\"a\":2}           | not-an-array",
                "nonsense                        | not-an-array",
                "[{}]x                           | + after-array",
                "[{}][{}]                        | + after-array",
                "[{}],                           | + after-array",
                "[{}]]                           | + after-array",
                // Cut off.
                "[                               | open-array",
                "[{}                             | + open-array",
                "[{},                            | + open-array",
                "[{},{\"a\":                     | + json open-array",
                "[{},{\"a\":\"x},{}]             | + json open-array",
                "[{\"a\":[1},{}]                 | json open-array",
            })
    void everyCornerHasItsOutcome(String text, String outcome) throws Exception {
        assertThat(outcome(text.replace("\\n", "\n"))).isEqualTo(outcome);
        // 8.1: a mark may stand at the beginning.
        assertThat(outcome("\uFEFF" + text)).isEqualTo(outcome);
    }

    @Test
    void anEmptyObjectHoldsNothing() throws Exception {
        assertThat(outcome("")).isEqualTo("end");
        assertThat(outcome(" \n")).isEqualTo("end");
    }

    @Test
    void theColumnAndThePlaceOfABadElementAreTold() throws Exception {
        Records records = open("[\n  {\"a\": 1},\n  {\"a\":\n 1, \"b\": x}\n]");
        assertThat(records.next()).isTrue();
        assertThat(records.next()).isTrue();
        assertThat(records.place()).isEqualTo(new Place(16, 3, Optional.of("/1")));
        RejectedException rejected = catchThrowableOfType(RejectedException.class, records::fields);
        assertThat(rejected.column()).isEqualTo("b");
        assertThat(rejected)
                .hasMessageStartingWith("The record is not valid JSON from column")
                .hasMessageContaining("line 2");
        assertThat(new String(records.raw(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":\n 1, \"b\": x}");
    }

    @Test
    void anElementOverTheLimitIsRejectedAndTheNextOneIsRead() throws Exception {
        String large = "{\"a\":\"" + "],".repeat(50_000) + "\"}";
        Records records = new JsonArray()
                .open(
                        new ByteArrayInputStream(bytes("[" + large + ",{\"a\":1}]")),
                        List.of(),
                        new RecordLimits(8192, Long.MAX_VALUE));
        assertThat(records.next()).isTrue();
        assertThat(records.raw()).isEqualTo(Arrays.copyOf(bytes(large), 4096));
        assertThat(records.next()).isTrue();
        assertThat(records.fields()).containsEntry("a", new Value.Num("1"));
        assertThat(records.next()).isFalse();
    }

    private static String outcome(String text) throws Exception {
        var outcome = new StringBuilder();
        Records records = open(text);
        try {
            while (records.next()) {
                try {
                    records.fields();
                    outcome.append("+ ");
                } catch (RejectedException e) {
                    outcome.append(e.reason().code()).append(' ');
                }
            }
            return outcome.append("end").toString();
        } catch (FormatException e) {
            return outcome.append(e.code()).toString();
        }
    }

    private static Records open(String text) {
        return new JsonArray()
                .open(new ByteArrayInputStream(bytes(text)), List.of(), new RecordLimits(1 << 20, Long.MAX_VALUE));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
