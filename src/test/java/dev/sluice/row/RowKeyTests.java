package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowKeyTests {

    record Pair(List<String> one, List<String> other) {}

    @Property(tries = 3000)
    void differentValuesNeverMakeTheSameKey(@ForAll("pairs") Pair pair) {
        boolean sameKey = RowKey.of("f", pair.one()).equals(RowKey.of("f", pair.other()));
        assertThat(sameKey).isEqualTo(pair.one().equals(pair.other()));
    }

    @Test
    void aSingleValueIsTheKeyAsItIs() {
        assertThat(RowKey.of("f", List.of("a|b\\c"))).isEqualTo(new RowKey("f", "a|b\\c"));
    }

    @Test
    void severalValuesAreJoinedAndEscaped() {
        assertThat(RowKey.of("f", List.of("a|b", "c\\", "d")).key()).isEqualTo("a\\|b|c\\\\|d");
    }

    @Property
    void keysAreOrderedAsTheirBytesAre(@ForAll("keys") String a, @ForAll("keys") String b) {
        int bytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(RowTable.KEY_ORDER.compare(a, b))).isEqualTo(Integer.signum(bytes));
    }

    @Property
    void aRowStaysInOneOfItsFeedsPartitions(
            @ForAll("keys") String key, @ForAll @IntRange(min = 1, max = 100) int count) {
        var partitions = new Partitions(count);
        String partition = partitions.of(new RowKey("a-feed", key));
        assertThat(partitions.all("a-feed")).hasSize(count).contains(partition);
        assertThat(partitions.of(new RowKey("a-feed", key))).isEqualTo(partition);
        assertThat(Partitions.feed(partition)).isEqualTo("a-feed");
    }

    @Test
    void partitionsHaveTwoDigitsAndAllAreUsed() {
        var partitions = new Partitions(16);
        assertThat(partitions.all("f")).startsWith("f#00", "f#01").endsWith("f#15");
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> partitions.of(new RowKey("f", "key-" + i)))
                        .distinct())
                .hasSize(16);
    }

    /** Where a table that holds rows already looks for them: no release may move them. */
    @Test
    void aRowsPartitionNeverChanges() {
        assertThat(new Partitions(16).of(new RowKey("countries", "DEU"))).isEqualTo("countries#05");
        assertThat(new Partitions(16).of(new RowKey("f", "日本"))).isEqualTo("f#12");
    }

    @Provide
    Arbitrary<Pair> pairs() {
        Arbitrary<String> value =
                Arbitraries.strings().withChars('a', '|', '\\').ofMaxLength(3);
        return Arbitraries.integers().between(1, 3).flatMap(count -> Combinators.combine(
                        value.list().ofSize(count), value.list().ofSize(count))
                .as(Pair::new));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("a", "b", "é", "\uE000", "\uFFFD", "😀", "😁", "\uD800\uDC00", "\uDBFF\uDFFF")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }
}
