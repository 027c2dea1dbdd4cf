package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankTests {

    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** What a rank is made of. */
    record Parts(Value by, long modified, String object, long offset) {

        static final Comparator<Parts> ORDER = Comparator.comparing(Parts::by, Parts::compare)
                .thenComparing(Parts::modified)
                .thenComparing(Parts::object, BY_BYTES)
                .thenComparing(Parts::offset);

        private static int compare(Value a, Value b) {
            return switch (a) {
                case Value.Num(String one)
                when b instanceof Value.Num(String other) -> new BigDecimal(one).compareTo(new BigDecimal(other));
                case Value.Num _ -> -1;
                default -> b instanceof Value.Num ? 1 : BY_BYTES.compare(text(a), text(b));
            };
        }

        private static String text(Value value) {
            return value instanceof Value.Bool(boolean truth) ? Boolean.toString(truth) : ((Value.Text) value).text();
        }

        Rank rank() throws RejectedException {
            var row = new Row(new RowKey("f", "k"), Map.of("by", by), new Row.Source(object, "v", 1, offset));
            return Rank.of(row, new Keeping.Newest("by", Instant.ofEpochSecond(modified)));
        }
    }

    @Property(tries = 3000)
    void ranksSortAsWhatTheyAreMadeOf(@ForAll("parts") Parts a, @ForAll("parts") Parts b) throws RejectedException {
        int expected = Integer.signum(Parts.ORDER.compare(a, b));
        assertThat(Integer.signum(a.rank().compareTo(b.rank()))).isEqualTo(expected);
        assertThat(Integer.signum(BY_BYTES.compare(a.rank().text(), b.rank().text())))
                .as("as DynamoDB compares them")
                .isEqualTo(expected);
    }

    @Provide
    Arbitrary<Parts> parts() {
        Arbitrary<String> text = Arbitraries.of("a", "b", "~", "\0", "\1", "é", "\uffff", "😀")
                .list()
                .ofMaxSize(3)
                .map(some -> String.join("", some));
        Arbitrary<Value> digits = Arbitraries.oneOf(
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.valueOf(-1000), BigDecimal.valueOf(1000))
                                .ofScale(2)
                                .map(Object::toString),
                        Arbitraries.of("0", "-0", "0.0", "1", "1.0", "10", "9", "-9", "-10", "1E125", "-1E125"),
                        Arbitraries.of("1E-130", "-1E-130", "1E+2", "100", "-12", "-123", "12", "123"))
                .map(Value.Num::new);
        Arbitrary<Value> values = Arbitraries.oneOf(
                digits, text.map(Value.Text::new), Arbitraries.of(true, false).map(Value.Bool::new));
        return Combinators.combine(
                        values,
                        Arbitraries.longs().between(0, 3),
                        text.map(name -> "b/" + name),
                        Arbitraries.longs().between(0, 20))
                .as(Parts::new);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.1Z",
        "2026-01-02T03:04:05.1Z, 2026-01-02T03:04:05.123Z",
        "2026-01-02T03:04:05.9Z, 2026-01-02T03:04:06Z",
        "2026-01-02, 2026-01-02T00:00:00Z"
    })
    void timesInUtcSortAsTimes(String earlier, String later) throws RejectedException {
        assertThat(new Parts(new Value.Text(earlier), 9, "b/z", 9).rank())
                .isLessThan(new Parts(new Value.Text(later), 1, "b/a", 1).rank());
    }

    @Test
    void withoutASingleValueThereIsNoRank() {
        for (Value value : List.of(Value.Null.NULL, new Value.Items(List.of()), new Value.Fields(Map.of()))) {
            assertNoRank(Map.of("by", value));
        }
        assertNoRank(Map.of());
    }

    private static void assertNoRank(Map<String, Value> data) {
        var row = new Row(new RowKey("f", "k"), data, new Row.Source("b/k", "v", 1, 0));
        var rejected = catchThrowableOfType(
                RejectedException.class, () -> Rank.of(row, new Keeping.Newest("by", Instant.EPOCH)));
        assertThat(rejected.reason()).isEqualTo(RejectReason.MISSING_NEWEST_BY);
        assertThat(rejected.column()).isEqualTo("by");
    }
}
