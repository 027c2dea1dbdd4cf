package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Records read one after the other come out as if Jackson had read each by itself, decoded before. */
class JsonFieldsTests {

    private static final TextDecoder DECODER = new TextDecoder(StandardCharsets.UTF_8);

    private interface Reading {
        Map<String, Value> fields() throws RejectedException;
    }

    @Property(tries = 3000)
    void aRecordIsReadAsJacksonReadsIt(@ForAll("records") List<byte[]> records) {
        var fields = new JsonFields(StandardCharsets.UTF_8);
        for (byte[] record : records) {
            byte[] around = ("{}" + new String(record, StandardCharsets.ISO_8859_1) + "}")
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertThat(outcome(() -> fields.of(around, 2, record.length)))
                    .as(HexFormat.of().formatHex(record))
                    .isEqualTo(outcome(() -> JsonFields.byJackson(DECODER.decode(record, 0, record.length))));
        }
    }

    private static Object outcome(Reading reading) {
        try {
            return List.copyOf(reading.fields().entrySet());
        } catch (RejectedException e) {
            return List.of(e.reason(), e.column(), String.valueOf(e.getMessage()));
        }
    }

    @Provide
    Arbitrary<List<byte[]>> records() {
        Arbitrary<byte[]> good = Arbitraries.of(
                        "{}",
                        " {\"a\":1,\"b\":{\"c\":[1.50,true,null,{\"d\":\"x\\ny\"}]}} \r",
                        "{\"ä\":\"日本\",\"b\":\"😀 नमस्ते 한국\"}",
                        "{\"a\":\"\uFFFD\\ud800\",\"long name of a field\":-1e-7}",
                        "{\"a\":-0,\"b\":[-0,-0.0,-0e1,0,\"2026-01-02\"]}",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":1} 12",
                        "{\"a\":1} nul",
                        "{\"a\":1}{",
                        "{\"a\":1}\"}",
                        "{\"a\":{\"b\":1",
                        "{\"a\":12",
                        "\uFEFF{\"a\":1}",
                        "[{\"a\":1}]",
                        "{\u0000\"1}\"}",
                        "{\"\":{\"\":1}}",
                        "{\"b\" :1 , \"a\": 2}",
                        "{\"\\u0061\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Fc\\uD83D\\uDE00é\\n\",\"\":{\"a\":{}}}",
                        "{\"a\":[ ],\"b\":[{},[\"\\\\\"]],\"c\":-10.02E+30}",
                        "{\"a\":" + "[".repeat(600),
                        nested(499),
                        nested(500),
                        "{\"a\":" + "9".repeat(1000) + "}",
                        "{\"a\":" + "9".repeat(1001) + "}",
                        "{\"a\":-0." + "9".repeat(999) + "}",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> piece = Arbitraries.of(
                        "22",
                        "5c",
                        "2c",
                        "3a",
                        "7b",
                        "7d",
                        "5b",
                        "5d",
                        "20",
                        "0a",
                        "00",
                        "31",
                        "c3",
                        "a4",
                        "80",
                        "c0af",
                        "e282",
                        "e08080",
                        "eda0bd",
                        "f08080af",
                        "f09f9880",
                        "f4908080",
                        "ff",
                        "efbbbf",
                        "2d",
                        "2e",
                        "2b",
                        "30",
                        "65",
                        "75",
                        "5c75",
                        "7f",
                        "0b",
                        "22613a",
                        "6e756c6c")
                .map(HexFormat.of()::parseHex);
        Arbitrary<byte[]> bad = Combinators.combine(
                        good,
                        piece,
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 2))
                .as(JsonFieldsTests::replaced);
        return Arbitraries.oneOf(good, bad, bad).list().ofMinSize(1).ofMaxSize(6);
    }

    private static String nested(int arrays) {
        return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
    }

    /** Names come from what was read before, whether or not it was taken, and however many there are. */
    @Property(tries = 200)
    void aNameIsWhatIsWritten(@ForAll @IntRange(min = 1, max = 30) int each, @ForAll Random random) throws Exception {
        var fields = new JsonFields(StandardCharsets.UTF_8);
        for (int i = 0; i < 50; i++) {
            var record = new StringBuilder("{");
            for (int j = 0; j < 100; j++) {
                record.append(j == 0 ? "" : random.nextBoolean() ? "," : ", ")
                        .append("\"n")
                        .append(j)
                        .append(random.nextBoolean() ? "" : "x" + random.nextInt(each))
                        .append(random.nextInt(50) == 0 ? "\" :" : "\":")
                        .append(random.nextInt(2000) == 0 ? "x" : "1");
            }
            byte[] bytes = record.append('}').toString().getBytes(StandardCharsets.UTF_8);
            assertThat(outcome(() -> fields.of(bytes, 0, bytes.length)))
                    .isEqualTo(outcome(() -> JsonFields.byJackson(DECODER.decode(bytes, 0, bytes.length))));
        }
    }

    private static byte[] replaced(byte[] record, byte[] piece, double where, int length) {
        int at = (int) (where * record.length);
        int behind = Math.min(at + length, record.length);
        var changed = new ByteArrayOutputStream();
        changed.write(record, 0, at);
        changed.writeBytes(piece);
        changed.write(record, behind, record.length - behind);
        return changed.toByteArray();
    }
}
