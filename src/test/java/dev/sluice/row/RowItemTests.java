package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Each of DynamoDB's limits with a value just inside and one just outside of it. */
class RowItemTests {

    private static final int MOST_BYTES = 400 * 1024;

    @Test
    void anItemHoldsKeysDataAndProvenance() throws RejectedException {
        var source = new Row.Source("bucket/a.csv", "v1", 7, 99);
        var row = new Row(new RowKey("feed", "k"), Map.of("n", new Value.Num("1.10")), source);
        assertThat(RowItem.of(row, "feed#03", Keeping.LAST).attributes())
                .isEqualTo(Map.of(
                        "pk", AttributeValue.fromS("feed#03"),
                        "sk", AttributeValue.fromS("k"),
                        "data", AttributeValue.fromM(Map.of("n", AttributeValue.fromN("1.10"))),
                        "source",
                                AttributeValue.fromM(Map.of(
                                        "object", AttributeValue.fromS("bucket/a.csv"),
                                        "version", AttributeValue.fromS("v1"),
                                        "line", AttributeValue.fromN("7"),
                                        "offset", AttributeValue.fromN("99")))));
    }

    @Test
    void aTracedRowIsFoundByPartitionAndObject() throws RejectedException {
        var row = new Row(new RowKey("feed", "k"), Map.of(), new Row.Source("bucket/a.csv", "v1", 7, 99));
        assertThat(RowItem.of(row, "feed#03", new Keeping(Optional.empty(), true))
                        .attributes())
                .containsEntry("bySource", AttributeValue.fromS("feed#03#fc33ba5a66272b677cfbe7602df289fd"))
                .doesNotContainKey("rank");
    }

    @Test
    void aKeyHasUpTo1024Bytes() throws RejectedException {
        assertThat(item("é".repeat(512), Map.of()).key().key()).hasSize(512);
        assertThat(rejected("é".repeat(512) + "a", Map.of()).reason()).isEqualTo(RejectReason.KEY_TOO_LONG);
        assertThat(rejected("😀".repeat(256) + "a", Map.of()).reason()).isEqualTo(RejectReason.KEY_TOO_LONG);
    }

    @Test
    void anItemHasUpTo400Kilobytes() throws RejectedException {
        int room = MOST_BYTES - item("k", Map.of("a", new Value.Text(""))).bytes();
        assertThat(item("k", Map.of("a", new Value.Text("x".repeat(room)))).bytes())
                .isEqualTo(MOST_BYTES);
        assertThat(rejected("k", Map.of("a", new Value.Text("x".repeat(room + 1))))
                        .reason())
                .isEqualTo(RejectReason.ITEM_TOO_LARGE);
    }

    @Test
    void aNameHasFromOneByteTo32Kilobytes() throws RejectedException {
        assertThat(item("k", Map.of("a".repeat(32 * 1024), new Value.Text(""))).bytes())
                .isGreaterThan(32 * 1024);
        for (String name : List.of("", "a".repeat(32 * 1024 + 1))) {
            assertThat(rejected("k", Map.of(name, new Value.Text(""))).reason()).isEqualTo(RejectReason.COLUMN_NAME);
        }
    }

    @Test
    void manySmallValuesAreCountedToo() {
        var many = Collections.<Value>nCopies(MOST_BYTES / 2, Value.Null.NULL);
        assertThat(rejected("k", Map.of("a", new Value.Items(many))).reason()).isEqualTo(RejectReason.ITEM_TOO_LARGE);
    }

    /** The map of the row's fields is the first of DynamoDB's 32 levels, so 30 lists and a text fit into it. */
    @Test
    void valuesAreNestedUpTo32Levels() throws RejectedException {
        Value text = new Value.Text("x");
        assertThat(item("k", Map.of("a", lists(30, text))).attributes()).isNotEmpty();
        assertThat(rejected("k", Map.of("a", lists(31, text))).reason()).isEqualTo(RejectReason.NESTING);
        assertThat(item("k", Map.of("a", maps(30, text))).attributes()).isNotEmpty();
        assertThat(rejected("k", Map.of("a", maps(31, text))).reason()).isEqualTo(RejectReason.NESTING);
    }

    @Test
    void emptyListsAndMapsTakeUpALevelToo() throws RejectedException {
        var list = new Value.Items(List.of());
        var map = new Value.Fields(Map.of());
        assertThat(item("k", Map.of("a", lists(29, list))).attributes()).isNotEmpty();
        assertThat(rejected("k", Map.of("a", lists(30, list))).reason()).isEqualTo(RejectReason.NESTING);
        assertThat(rejected("k", Map.of("a", maps(30, map))).reason()).isEqualTo(RejectReason.NESTING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0E999",
                "1.10",
                "1E125",
                "-9.9999999999999999999999999999999999999E+125",
                "1E-130",
                "12345678901234567890123456789012345678",
                "0.00012345678901234567890123456789012345678",
                "1000000000000000000000000000000000000000000",
                "1.00000000000000000000000000000000000000000000"
            })
    void numbersInRangeKeepTheirDigits(String digits) throws RejectedException {
        assertThat(item("k", Map.of("a", new Value.Num(digits))).attributes().get("data"))
                .isEqualTo(AttributeValue.fromM(Map.of("a", AttributeValue.fromN(digits))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E126",
                "-1E126",
                "10E125",
                "1E-131",
                "0.1E-130",
                "123456789012345678901234567890123456789",
                "0.00123456789012345678901234567890123456789",
                "1E2147483647",
                "10E2147483647",
                "1E-2147483647",
                "1E99999999999",
                "1E-99999999999"
            })
    void numbersOutOfRangeAreRejected(String digits) {
        assertThat(rejected("k", Map.of("a", new Value.Num(digits))).reason()).isEqualTo(RejectReason.NUMBER_RANGE);
        assertThat(rejected("k", Map.of("a", new Value.Items(List.of(new Value.Num(digits)))))
                        .column())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83Dx"})
    void halfASurrogatePairIsRejectedWhereverItStands(String half) {
        assertThat(rejected(half, Map.of()).reason()).isEqualTo(RejectReason.ENCODING);
        assertThat(rejected("k", Map.of(half, new Value.Text(""))).reason()).isEqualTo(RejectReason.ENCODING);
        assertThat(rejected("k", Map.of("a", new Value.Text(half))).reason()).isEqualTo(RejectReason.ENCODING);
        assertThat(rejected("k", Map.of("a", new Value.Fields(Map.of(half, new Value.Bool(true)))))
                        .reason())
                .isEqualTo(RejectReason.ENCODING);
    }

    @Test
    void aFieldWithoutANameIsRejected() {
        assertThat(rejected("k", Map.of("", new Value.Text("x"))).reason()).isEqualTo(RejectReason.COLUMN_NAME);
        assertThat(rejected("k", Map.of("a", new Value.Fields(Map.of("", new Value.Text("x")))))
                        .column())
                .isEqualTo("a");
    }

    private static Value lists(int levels, Value innermost) {
        Value value = innermost;
        for (int i = 0; i < levels; i++) {
            value = new Value.Items(List.of(value));
        }
        return value;
    }

    private static Value maps(int levels, Value innermost) {
        Value value = innermost;
        for (int i = 0; i < levels; i++) {
            value = new Value.Fields(Map.of("m", value));
        }
        return value;
    }

    private static RejectedException rejected(String key, Map<String, Value> data) {
        return catchThrowableOfType(RejectedException.class, () -> item(key, data));
    }

    private static RowItem item(String key, Map<String, Value> data) throws RejectedException {
        return RowItem.of(
                new Row(new RowKey("feed", key), data, new Row.Source("b/k", "v", 1, 0)), "feed#00", Keeping.LAST);
    }
}
