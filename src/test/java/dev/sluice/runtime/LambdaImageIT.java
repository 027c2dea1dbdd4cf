package dev.sluice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.util.FileSystemUtils;

/** What the image's target {@code lambda} is made of, made by the same script, with this JDK in place of the image's. */
@EnabledOnOs(OS.LINUX)
class LambdaImageIT {

    private static final String SCRIPT = "src/image/lambda";
    private static final Path IMAGE = Path.of("target", "image", "sluice").toAbsolutePath();
    private static final Path TRAINER = Path.of("target", "image", "trainer").toAbsolutePath();
    private static final Pattern FROM_CACHE = Pattern.compile("From the cache: ([\\d,.]+) of ([\\d,.]+) classes");

    @SuppressWarnings("NullAway.Init")
    private static String training;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(IMAGE.getParent());
        Path context = IMAGE.resolveSibling("context");
        new BuildContext().copyTo(context);
        run("assemble", "target/sluice-lambda.zip", "target/runtime-client", IMAGE.toString());
        run("trainer", context.toString(), IMAGE.toString(), TRAINER.toString());
        training = run("train", IMAGE.toString(), TRAINER.toString());
    }

    @Test
    void theClassPathIsJarsOnlyAndHasEachLibraryOnce() throws IOException {
        List<String> flags = Files.readAllLines(IMAGE.resolve("flags"));
        List<String> classPath = List.of(flags.getLast().split(":"));

        assertThat(flags.get(flags.size() - 2)).isEqualTo("-cp");
        assertThat(classPath)
                .allMatch(jar -> Files.isRegularFile(IMAGE.resolve(jar)))
                .contains("jars/sluice.jar")
                .noneMatch(jar -> jar.matches(".*/(tomcat|spring-webmvc|spring-cloud-function-web|junit|s3mock).*"));
        assertThat(classPath.stream().map(jar -> jar.replaceFirst("-\\d[^/]*\\.jar$", "")))
                .doesNotHaveDuplicates();
    }

    @Test
    void holdsNothingOfTheTraining() throws IOException {
        try (Stream<Path> files = Files.list(IMAGE)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("flags", "jars", "lambda", "sluice.aot");
        }
    }

    @Test
    void nearlyAllClassesComeFromTheTrainedCache() {
        assertThat(FROM_CACHE.matcher(training).results())
                .as(training)
                .singleElement()
                .satisfies(found -> assertThat(number(found.group(1)))
                        .isGreaterThan(10_000)
                        .isGreaterThan(number(found.group(2)) * 9 / 10));
    }

    @Test
    void theJvmRefusesTheCacheOfAnotherClassPath() throws IOException {
        Path jar = IMAGE.resolve("jars", "sluice.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(time.toInstant().plus(Duration.ofSeconds(2))));
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> LambdaProcess.image(IMAGE, Map.of("PATH", path()), "-XX:AOTMode=on")
                            .close())
                    .withMessageContaining("AOT cache");
        } finally {
            Files.setLastModifiedTime(jar, time);
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("\\D", ""));
    }

    /** With this JVM as the first on the path. */
    private static String path() {
        return Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH");
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of(SCRIPT), Stream.of(arguments)).toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|(AWS|SLUICE|SPRING)_.*)"));
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s\n%s", command, output).isZero();
        return output;
    }
}
