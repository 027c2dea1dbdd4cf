package dev.sluice.format;

import dev.sluice.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Random JSON objects: every type, nesting, characters that JSON escapes. */
class JsonObjects implements ArbitrarySupplier<List<Map<String, Value>>> {

    @Override
    public Arbitrary<List<Map<String, Value>>> get() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(5),
                Arbitraries.of("", "\n", "\\", "\"", "日本", "😀", "\u0000", "\u2028"));
        Arbitrary<String> digits = Arbitraries.oneOf(
                Arbitraries.bigDecimals().ofScale(3).map(Object::toString),
                Arbitraries.bigIntegers().map(Object::toString),
                Arbitraries.of("0.10", "1E+2", "-1e-7"));
        Arbitrary<Value> plain = Arbitraries.oneOf(
                text.map(Value.Text::new),
                digits.map(Value.Num::new),
                Arbitraries.of(new Value.Bool(true), new Value.Bool(false), Value.Null.NULL));
        Arbitrary<Value> nested = Arbitraries.oneOf(
                plain,
                plain.list().ofMaxSize(3).map(Value.Items::new),
                Arbitraries.maps(text, plain)
                        .ofMaxSize(3)
                        .map(fields -> new Value.Fields(new LinkedHashMap<>(fields))));
        return Arbitraries.maps(text, nested).ofMaxSize(5).list().ofMaxSize(4);
    }
}
