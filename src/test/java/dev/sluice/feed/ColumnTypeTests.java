package dev.sluice.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ColumnTypeTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '´', textBlock = """
                    STRING    | 1.50                      | "1.50"
                    STRING    | ´´                        | ""
                    NUMBER    | 1.50                      | 1.50
                    NUMBER    | -0                        | -0
                    NUMBER    | +7                        | 7
                    NUMBER    | 1E+2                      | 1E+2
                    NUMBER    | 12345678901234567890.1234 | 12345678901234567890.1234
                    NUMBER    | ´´                        | null
                    BOOLEAN   | True                      | true
                    BOOLEAN   | false                     | false
                    BOOLEAN   | ´´                        | null
                    TIMESTAMP | 2026-01-02T03:04:05+01:00 | "2026-01-02T02:04:05Z"
                    TIMESTAMP | 2026-01-02                | "2026-01-02T00:00:00Z"
                    JSON      | {"a":[1.10,null]}         | {"a":[1.10,null]}
                    JSON      | "x"                       | "x"
                    """)
    void aTextBecomesWhatItsColumnSays(ColumnType type, String text, String json) throws RejectedException {
        Value value = type.convert("c", new Value.Text(text));

        assertThat(JsonMapper.shared().writeValueAsString(value)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '´', textBlock = """
                    NUMBER    | 1,5
                    NUMBER    | +-5
                    NUMBER    | 01
                    NUMBER    | .5
                    NUMBER    | NaN
                    NUMBER    | 0x10
                    BOOLEAN   | yes
                    TIMESTAMP | 02.01.2026
                    TIMESTAMP | 2026-02-30
                    TIMESTAMP | 2026-01-02T03:04:05
                    JSON      | {a:1}
                    JSON      | 1 2
                    """)
    void aTextOfAnotherTypeIsRejectedWithoutBeingShown(ColumnType type, String text) {
        var refusal = catchThrowableOfType(RejectedException.class, () -> type.convert("c", new Value.Text(text)));

        assertThat(refusal.reason()).isEqualTo(RejectReason.BAD_TYPE);
        assertThat(refusal.column()).isEqualTo("c");
        assertThat(refusal).hasMessage("The column 'c' holds no %s.".formatted(type.word()));
    }

    @Test
    void aNumberHasUpTo1000Characters() throws RejectedException {
        assertThat(ColumnType.NUMBER.convert("c", new Value.Text("1".repeat(1000))))
                .isEqualTo(new Value.Num("1".repeat(1000)));
        assertThat(catchThrowableOfType(
                        RejectedException.class,
                        () -> ColumnType.NUMBER.convert("c", new Value.Text("1".repeat(1001)))))
                .isNotNull();
    }

    @Test
    void whatHasTheTypeAlreadyStaysAndWhatHasAnotherIsRejected() throws RejectedException {
        var items = new Value.Items(List.of());
        var fields = new Value.Fields(Map.of());
        for (ColumnType type : ColumnType.values()) {
            assertThat(type.convert("c", Value.Null.NULL)).isEqualTo(Value.Null.NULL);
        }
        assertThat(ColumnType.NUMBER.convert("c", new Value.Num("1.0"))).isEqualTo(new Value.Num("1.0"));
        assertThat(ColumnType.STRING.convert("c", new Value.Num("1.0"))).isEqualTo(new Value.Text("1.0"));
        assertThat(ColumnType.BOOLEAN.convert("c", new Value.Bool(true))).isEqualTo(new Value.Bool(true));
        assertThat(ColumnType.JSON.convert("c", items)).isEqualTo(items);
        assertThat(ColumnType.JSON.convert("c", fields)).isEqualTo(fields);
        for (Value other : List.of(items, fields, new Value.Bool(true))) {
            assertThat(catchThrowableOfType(RejectedException.class, () -> ColumnType.NUMBER.convert("c", other)))
                    .isNotNull();
        }
    }
}
