package dev.sluice.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonTests {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    record Holder(String name, Json inner, List<Json> items) {}

    record Price(BigDecimal amount) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":[1,2]} | {\"a\":1,\"b\":[1,2]} | true",
                "{\"a\":1,\"b\":{\"c\":2,\"d\":3}} | {\"b\":{\"d\":3,\"c\":2},\"a\":1} | true",
                "{\"a\":[1,2]} | {\"a\":[2,1]} | false",
                "{\"a\":1} | {\"a\":2} | false",
                "{\"a\":1} | {\"b\":1} | false",
                "{\"a\":1} | {\"a\":\"1\"} | false",
                "{\"a\":1.10} | {\"a\":1.11} | false",
                "12345678901234567890123456789012345678 | 12345678901234567890123456789012345679 | false",
                "0.12345678901234567890123456789012345678 | 0.12345678901234567890123456789012345679 | false",
                "null | null | true",
                "null | true | false"
            })
    void sameValueLooksAtWhatTheJsonSays(String one, String other, boolean same) {
        assertThat(Json.of(one).sameValue(Json.of(other))).isEqualTo(same);
        assertThat(Json.of(other).sameValue(Json.of(one))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1.10,\"b\":[1E+2,-0.5,12345678901234567890123456789012345678]}",
                "\"日本 😀 \\\" \\\\\"",
                "[]",
                "{}",
                "null",
                "true",
                "0.12345678901234567890123456789012345678"
            })
    void insideOtherJsonItIsTheValueThatItIs(String text) {
        String outer = "{\"name\":\"n\",\"inner\":%s,\"items\":[%s,1]}".formatted(text, text);
        Holder holder = MAPPER.readValue(outer, Holder.class);
        assertThat(holder.inner()).isEqualTo(Json.of(text));
        assertThat(MAPPER.writeValueAsString(holder)).isEqualTo(outer);
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(MAPPER.readValue("{\"name\":\"n\",\"items\":[]}", Holder.class)
                        .inner()
                        .isNull())
                .isTrue();
        assertThat(Json.of("0").isNull()).isFalse();
    }

    @Test
    void aTypeOfTheCallersGetsExactNumbers() {
        assertThat(Json.of("{\"amount\":1.10}").as(Price.class).amount()).isEqualTo(new BigDecimal("1.10"));
        assertThat(Json.of("{\"amount\":1.10}").tree().path("amount").decimalValue())
                .isEqualTo(new BigDecimal("1.10"));
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> Json.of("{} x").tree());
    }

    @Test
    void asTextItShowsNothingOfWhatItHolds() {
        assertThat(Json.of("\"secret\"")).hasToString("Json[8 bytes]");
        assertThat(new Holder("n", Json.of("\"secret\""), List.of()).toString()).doesNotContain("secret");
    }

    @Test
    void aValueIsPlainJsonWithItsDigits() {
        Value value = new Value.Fields(Map.of(
                "a",
                new Value.Items(List.of(
                        new Value.Text("é\n"),
                        new Value.Num("1.10"),
                        new Value.Num("1E+2"),
                        new Value.Num("12345678901234567890123456789012345678"),
                        new Value.Bool(false),
                        Value.Null.NULL,
                        new Value.Fields(Map.of())))));
        assertThat(MAPPER.writeValueAsString(value))
                .isEqualTo("{\"a\":[\"é\\n\",1.10,1E+2,12345678901234567890123456789012345678,false,null,{}]}");
    }
}
