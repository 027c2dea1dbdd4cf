package dev.sluice.bench;

import java.util.Locale;

/**
 * One line of the result.
 *
 * @param jvm C1 or C2
 * @param target what the median has to be; empty for a figure that only informs
 * @param met {@code yes}, {@code no}, or empty without a target
 */
public record Figure(
        String bench,
        String jvm,
        String what,
        String unit,
        double median,
        double min,
        double max,
        String target,
        String met) {

    String line() {
        return String.format(
                Locale.ROOT,
                "%-3s %-14s %-66s %10.2f %10.2f %10.2f  %-12s %-8s %s",
                jvm,
                bench,
                what,
                median,
                min,
                max,
                unit,
                target,
                met);
    }
}
