package dev.sluice.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What one bench finds out in one JVM. */
public final class Figures {

    private final String bench;
    private final String jvm;
    private final Path file;
    private final List<Figure> found = new ArrayList<>();

    /** @param arguments the bench's name, the JVM's, and the file to write, as {@link ReadingBench} gives them */
    public Figures(String[] arguments) {
        this.bench = arguments[0];
        this.jvm = arguments[1];
        this.file = Path.of(arguments[2]);
    }

    /** A figure without a target. */
    public void say(String what, String unit, Samples samples) {
        add(what, unit, samples, "", "");
    }

    public void atLeast(double target, String what, String unit, Samples samples) {
        add(what, unit, samples, ">= " + target, samples.median() >= target ? "yes" : "no");
    }

    public void atMost(double target, String what, String unit, Samples samples) {
        add(what, unit, samples, "<= " + target, samples.median() <= target ? "yes" : "no");
    }

    private void add(String what, String unit, Samples samples, String target, String met) {
        var figure = new Figure(bench, jvm, what, unit, samples.median(), samples.min(), samples.max(), target, met);
        System.out.println(figure.line());
        found.add(figure);
    }

    public void write() throws Exception {
        Files.write(file, new JsonMapper().writeValueAsBytes(found));
    }
}
