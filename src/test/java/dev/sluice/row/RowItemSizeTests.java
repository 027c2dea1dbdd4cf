package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item's size against the rules of the Amazon DynamoDB Developer Guide, "Item sizes and formats". */
class RowItemSizeTests {

    @Property
    void theSizeIsNeverLessThanWhatDynamoDbCounts(
            @ForAll("fields") Map<String, Value> data,
            @ForAll @LongRange(min = 0) long line,
            @ForAll @LongRange(min = 0) long offset)
            throws RejectedException {
        assertEnough(new Row(new RowKey("feed", "key"), data, new Row.Source("bucket/key", "v", line, offset)));
    }

    @Test
    void theLongestNamesOfObjectsAndVersionsAreCounted() throws RejectedException {
        var source = new Row.Source(
                "b".repeat(63) + "/" + "k".repeat(1024), "v".repeat(1024), Long.MAX_VALUE, Long.MAX_VALUE);
        assertEnough(new Row(new RowKey("feed", "key"), Map.of(), source));
    }

    /** So many of them that what is set aside for the rest of the item cannot hide a value that is counted too low. */
    @Test
    void manySmallValuesAreCountedOneByOne() throws RejectedException {
        for (Value value : List.of(
                new Value.Num("5"),
                new Value.Num("-5"),
                new Value.Num("1E1"),
                new Value.Num("12345"),
                new Value.Bool(true),
                Value.Null.NULL,
                new Value.Text(""),
                new Value.Text("é"),
                new Value.Items(List.of()),
                new Value.Fields(Map.of("é", Value.Null.NULL)))) {
            Map<String, Value> data = Map.of("a", new Value.Items(Collections.nCopies(2000, value)));
            assertEnough(new Row(new RowKey("feed", "key"), data, new Row.Source("b/k", "v", 1, 0)));
        }
    }

    /** Two digits share a byte: a list of long numbers is about half as large as it is as text. */
    @Test
    void manyLongNumbersFit() throws RejectedException {
        var number = new Value.Num("12345678901234567890123456789012345678");
        Map<String, Value> data = Map.of("a", new Value.Items(Collections.nCopies(17_000, number)));
        assertEnough(new Row(new RowKey("feed", "key"), data, new Row.Source("b/k", "v", 1, 0)));
    }

    private static void assertEnough(Row row) throws RejectedException {
        RowItem item = RowItem.of(row, "feed#00", Keeping.LAST);
        assertThat(item.bytes())
                .isGreaterThanOrEqualTo(item.attributes().entrySet().stream()
                        .mapToInt(attribute -> utf8(attribute.getKey()) + counted(attribute.getValue()))
                        .sum());
    }

    private static int counted(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> {
                BigDecimal number = new BigDecimal(value.n()).stripTrailingZeros();
                // Two digits share a byte, at an even place of the number; its sign and its exponent take one each.
                yield (number.precision() + 2) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
            }
            case BOOL, NUL -> 1;
            case L -> 3 + value.l().stream().mapToInt(item -> 1 + counted(item)).sum();
            case M ->
                3
                        + value.m().entrySet().stream()
                                .mapToInt(field -> 1 + utf8(field.getKey()) + counted(field.getValue()))
                                .sum();
            default -> throw new IllegalArgumentException(value.type().toString());
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Provide
    Arbitrary<Map<String, Value>> fields() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(20),
                Arbitraries.of("é", "日本", "😀", "\u0000"));
        Arbitrary<String> digits = Arbitraries.oneOf(
                Arbitraries.bigDecimals()
                        .between(BigDecimal.TEN.pow(20).negate(), BigDecimal.TEN.pow(20))
                        .ofScale(4)
                        .map(Object::toString),
                Arbitraries.longs().map(Object::toString),
                Arbitraries.of("0", "5", "15", "-5", "1E+2", "-1E-7", "0.12345678901234567890123456789012345678"));
        Arbitrary<Value> plain = Arbitraries.oneOf(
                text.map(Value.Text::new),
                digits.map(Value.Num::new),
                Arbitraries.of(new Value.Text(""), new Value.Bool(true), Value.Null.NULL));
        Arbitrary<Value> nested = Arbitraries.lazyOf(
                () -> plain,
                () -> plain.list().ofMaxSize(5).map(Value.Items::new),
                () -> Arbitraries.maps(text, plain).ofMaxSize(5).map(Value.Fields::new));
        return Arbitraries.maps(text, nested).ofMaxSize(6);
    }
}
