package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs every bench in a JVM of its own, with C2 and with C1 alone, and puts what they found together. A missed target is
 * reported and fails nothing: a busy machine is no defect.
 */
class ReadingBench {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FOLDER = Path.of("target", "bench");

    /** Lambda gives a function up to 1,769 MB one CPU, where the JVM takes the serial collector by itself. */
    private static final List<String> FLAGS =
            List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED");

    /** The least memory that Lambda gives a function. */
    private static final List<String> SMALL_HEAP =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED");

    private static final Map<String, List<String>> JVMS = Map.of(
            "C2",
            List.of(),
            "C1",
            List.of("-XX:TieredStopAtLevel=1"),
            "ACCP",
            List.of("-XX:TieredStopAtLevel=1", "-Djava.security.properties=src/test/resources/corretto.security"));

    /** Of the large object; {@code -Dbench.large=2048} takes a quarter of an hour. */
    private static final String LARGE_MB = System.getProperty("bench.large", "64");

    private static final List<String> BENCHES = List.of(
            "dev.sluice.format.FramerBench",
            "dev.sluice.format.CsvBench",
            "dev.sluice.format.NdjsonBench",
            "dev.sluice.format.GzipBench",
            "dev.sluice.object.WholeReadBench",
            "dev.sluice.object.LargeReadBench",
            "dev.sluice.object.SplitReadBench",
            "dev.sluice.row.OverwriteBench",
            "dev.sluice.row.RowWriterBench",
            "dev.sluice.trigger.DecodeBench",
            "dev.sluice.trigger.DoorBench",
            "dev.sluice.change.ForwardBench",
            "dev.sluice.change.RateBench",
            "dev.sluice.web.WebBench",
            "dev.sluice.web.WebLoadBench");

    /** What takes long, on C2 only. */
    private static final List<String> SOAKS =
            List.of("dev.sluice.change.KinesisSoak", "dev.sluice.EngineSoak", "dev.sluice.live.LiveBench");

    /** So many changes through the local engines, ten times as many into the Kinesis stand-in alone. */
    private static final String SOAK = System.getProperty("bench.soak", "20000");

    /** Only benches whose names this regular expression matches. */
    private static final String ONLY = System.getProperty("bench.only", ".*");

    @Test
    void reading() throws Exception {
        Files.createDirectories(FOLDER);
        Process dynamo =
                java(List.of("-Xmx128m"), NoOpDynamo.class.getName(), List.of()).start();
        Process kinesis = java(List.of("-Xmx128m"), NoOpKinesis.class.getName(), List.of())
                .start();
        try (var dynamoOutput = dynamo.inputReader(StandardCharsets.UTF_8);
                var kinesisOutput = kinesis.inputReader(StandardCharsets.UTF_8)) {
            String[] dynamos = String.valueOf(dynamoOutput.readLine()).split(" ", -1);
            String[] kineses = String.valueOf(kinesisOutput.readLine()).split(" ", -1);
            var figures = new ArrayList<Figure>();
            for (String jvm : List.of("C2", "C1")) {
                for (String bench : BENCHES) {
                    int port = bench.endsWith("RowWriterBench") || bench.endsWith("RateBench") ? 1 : 0;
                    figures.addAll(run(bench, jvm, dynamos[port], kineses[port]));
                }
            }
            figures.addAll(run("dev.sluice.change.ForwardBench", "ACCP", dynamos[0], kineses[0]));
            for (String soak : SOAKS) {
                figures.addAll(run(soak, "C2", dynamos[0], kineses[0]));
            }
            report(figures);
        } finally {
            dynamo.destroy();
            kinesis.destroy();
        }
    }

    private static List<Figure> run(String bench, String jvm, String dynamo, String kinesis) throws Exception {
        String name = bench.substring(bench.lastIndexOf('.') + 1);
        if (!name.matches(ONLY)) {
            return List.of();
        }
        Path file = FOLDER.resolve(name + "-" + jvm + ".json");
        var flags = new ArrayList<>(bench.endsWith("LargeReadBench") ? SMALL_HEAP : FLAGS);
        flags.addAll(JVMS.getOrDefault(jvm, List.of()));
        var builder = java(flags, bench, List.of(name, jvm, file.toString(), LARGE_MB, SOAK));
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + dynamo,
                        "AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:" + kinesis,
                        "AWS_REGION", "eu-west-1",
                        "AWS_ACCESS_KEY_ID", "bench",
                        "AWS_SECRET_ACCESS_KEY", "bench"));
        Process process = builder.redirectOutput(
                        FOLDER.resolve(name + "-" + jvm + ".log").toFile())
                .start();
        try {
            assertThat(process.waitFor()).as(name + " on " + jvm).isZero();
        } finally {
            process.destroy();
        }
        return JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
    }

    private static ProcessBuilder java(List<String> flags, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add(main);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // In the environment, since 240 jars on the command line make every process list unreadable.
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }

    private static void report(List<Figure> figures) throws IOException {
        var result = Map.of(
                "date", LocalDate.now(ZoneOffset.UTC).toString(),
                "java", Runtime.version().toString(),
                "flags", FLAGS,
                "cores", Runtime.getRuntime().availableProcessors(),
                "figures", figures);
        Path file = FOLDER.resolve("reading.json");
        Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
        System.out.println(String.format(
                "%n%-3s %-14s %-66s %10s %10s %10s  %-12s %-8s %s",
                "JVM", "bench", "figure", "median", "min", "max", "unit", "target", "met"));
        figures.forEach(figure -> System.out.println(figure.line()));
        System.out.println("All of it: " + file);
    }
}
