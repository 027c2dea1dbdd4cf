package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Records read one after the other come out as if each had been decoded and read by a parser of its own. */
class JsonFieldsTests {

    private static final TextDecoder DECODER = new TextDecoder(StandardCharsets.UTF_8);

    private interface Reading {
        Map<String, Value> fields() throws RejectedException;
    }

    @Property(tries = 3000)
    void aRecordIsReadAsIfItWereAlone(@ForAll("records") List<byte[]> records) {
        var shared = new JsonFields(StandardCharsets.UTF_8);
        for (byte[] record : records) {
            byte[] around = ("{}" + new String(record, StandardCharsets.ISO_8859_1) + "}")
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertThat(outcome(() -> shared.of(around, 2, record.length)))
                    .as(HexFormat.of().formatHex(record))
                    .isEqualTo(outcome(() -> JsonFields.alone(DECODER.decode(record, 0, record.length))));
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
                        "{\"a\":" + "[".repeat(600),
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
                        "efbbbf")
                .map(HexFormat.of()::parseHex);
        Arbitrary<byte[]> bad = Combinators.combine(
                        good,
                        piece,
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 2))
                .as(JsonFieldsTests::replaced);
        return Arbitraries.oneOf(good, bad, bad).list().ofMinSize(1).ofMaxSize(6);
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
