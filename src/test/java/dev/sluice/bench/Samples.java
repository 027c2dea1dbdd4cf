package dev.sluice.bench;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** One number a round, in the order of the rounds. */
public record Samples(List<Double> values) {

    public Samples {
        values = List.copyOf(values);
    }

    public Samples map(DoubleUnaryOperator change) {
        return new Samples(values.stream().map(change::applyAsDouble).toList());
    }

    /** Round by round: what slows a whole round down is in both and falls out of their ratio. */
    public Samples with(Samples other, DoubleBinaryOperator both) {
        return new Samples(IntStream.range(0, values.size())
                .mapToObj(i -> both.applyAsDouble(values.get(i), other.values.get(i)))
                .toList());
    }

    public Samples over(Samples other) {
        return with(other, (a, b) -> a / b);
    }

    double median() {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double min() {
        return values.stream().mapToDouble(d -> d).min().orElseThrow();
    }

    double max() {
        return values.stream().mapToDouble(d -> d).max().orElseThrow();
    }
}
