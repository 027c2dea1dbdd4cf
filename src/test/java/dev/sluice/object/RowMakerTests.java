package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.feed.Feed;
import dev.sluice.format.Formats;
import dev.sluice.format.Place;
import dev.sluice.row.Row;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowMakerTests {

    @Test
    void aRowSaysWhereItCameFrom() throws RejectedException {
        Row row = maker("id").row(new Place(99, 7), Map.of("id", new Value.Text("x")));
        assertThat(row.source()).isEqualTo(new Row.Source("bucket/a/b.csv", "v1", 7, 99));
    }

    @Test
    void withoutKeyColumnsObjectAndOffsetAreTheKey() throws RejectedException {
        String first = maker().row(new Place(9, 2), Map.of()).key().key();
        assertThat(first).endsWith("|0000000000000009").hasSize(22 + 1 + 16);
        assertThat(maker().row(new Place(10, 3), Map.of()).key().key()).isGreaterThan(first);
        var elsewhere = new RowMaker(feed(List.of()), "bucket", "a/c.csv", "v1", Optional.empty());
        assertThat(elsewhere.row(new Place(9, 2), Map.of()).key().key()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1e0, 1",
        "1E+2, 100",
        "-0, 0",
        "0.00, 0",
        "-1.50, -1.5",
        "1E200, 1e200",
        "5E-200, 5e-200"
    })
    void equalNumbersAreOneKey(String digits, String same) throws RejectedException {
        assertThat(key(new Value.Num(digits))).isEqualTo(key(new Value.Num(same)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E201", "1E-201", "1E2147483647", "10E2147483647", "1E-2147483647", "1E99999999999"})
    void aNumberWithoutEndIsNoKey(String digits) {
        assertThat(rejected(Map.of("id", new Value.Num(digits))).reason()).isEqualTo(RejectReason.NUMBER_RANGE);
    }

    @Test
    void whatIsNoSingleValueIsNoKey() {
        assertThat(rejected(Map.of()).reason()).isEqualTo(RejectReason.MISSING_KEY);
        assertThat(rejected(Map.of("id", Value.Null.NULL)).reason()).isEqualTo(RejectReason.MISSING_KEY);
        assertThat(rejected(Map.of("id", new Value.Text(""))).reason()).isEqualTo(RejectReason.EMPTY_KEY);
        assertThat(rejected(Map.of("id", new Value.Items(List.of()))).reason()).isEqualTo(RejectReason.EMPTY_KEY);
        assertThat(rejected(Map.of("id", new Value.Fields(Map.of()))).column()).isEqualTo("id");
    }

    @Test
    void severalColumnsAreOneKeyInTheFeedsOrder() throws RejectedException {
        Map<String, Value> fields = Map.of("a", new Value.Bool(true), "b", new Value.Text("x|y"));
        assertThat(maker("b", "a").row(new Place(0, 1), fields).key().key()).isEqualTo("x\\|y|true");
    }

    private static String key(Value value) throws RejectedException {
        return maker("id").row(new Place(0, 1), Map.of("id", value)).key().key();
    }

    private static RejectedException rejected(Map<String, Value> fields) {
        return catchThrowableOfType(RejectedException.class, () -> maker("id").row(new Place(0, 1), fields));
    }

    private static RowMaker maker(String... key) {
        return new RowMaker(feed(List.of(key)), "bucket", "a/b.csv", "v1", Optional.empty());
    }

    private static Feed feed(List<String> key) {
        return new Feed("feed", "", "**", Formats.csv(','), key);
    }
}
