package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the functions run, how large they are and how long they may take. */
@ExtendWith(Node.Required.class)
class FunctionsIT {

    private static final Path ZIP = Path.of("target", "sluice-lambda.zip");
    private static final String ADAPTER = "lib/spring-cloud-function-adapter-aws-";
    private static final String CLASS = "org.springframework.cloud.function.adapter.aws.FunctionInvoker";
    private static final String METHOD = "handleRequest";

    static List<Packaged> configurations() {
        return Packaged.all();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyFunctionRunsTheDoor(Packaged packaged) throws IOException {
        try (var zip = new ZipFile(ZIP.toFile())) {
            assertThat(packaged.template().functions()).isNotEmpty().allSatisfy((name, function) -> {
                var environment = packaged.template().environment(name);
                assertThat(environment)
                        .as(name)
                        .containsEntry("SPRING_CLOUD_FUNCTION_DEFINITION", "triggerRouter")
                        .containsKey("MAIN_CLASS");
                assertThat(zip.getEntry(file(environment.getOrDefault("MAIN_CLASS", ""))))
                        .isNotNull();
                if (packaged.name().equals("image")) {
                    assertThat(function.path("PackageType").asString()).isEqualTo("Image");
                } else {
                    assertThat(function.path("Handler").asString()).isEqualTo(CLASS + "::" + METHOD);
                    assertThat(function.path("Runtime").asString()).isEqualTo("java25");
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyFunctionIsTheSameCodeForTheChosenProcessor(Packaged packaged) {
        String zip = packaged.choices().path("artifact").asString().replaceFirst(".*/", "/");
        Set<String> codes = new HashSet<>();
        packaged.template().functions().forEach((name, function) -> {
            JsonNode code = function.path("Code");
            codes.add(code.path("ImageUri").asString(code.path("S3Key").asString("")));
            assertThat(function.path("Architectures").valueStream().map(JsonNode::asString))
                    .as(name)
                    .containsExactly(packaged.choices().path("arch").asString());
        });

        assertThat(codes).singleElement().asString().endsWith(packaged.name().equals("image") ? Packaged.IMAGE : zip);
    }

    @Test
    void whatIsDeployedIsWhatTheBuildMakesUnlessSomethingElseIsChosen() {
        assertThat(Packaged.of("split").choices().path("artifact").asString()).isEqualTo(ZIP.toString());
        assertThat(Packaged.of("single").choices().path("artifact").asString()).isEqualTo("code.zip");
        assertThat(ZIP).exists();
    }

    @Test
    void theZipHasTheHandlersMethod() throws IOException {
        try (var zip = new ZipFile(ZIP.toFile())) {
            ZipEntry adapter = zip.stream()
                    .filter(entry -> entry.getName().startsWith(ADAPTER))
                    .findFirst()
                    .orElseThrow();
            byte[] handler = inside(zip.getInputStream(adapter), file(CLASS));

            assertThat(ClassFile.of().parse(handler).methods())
                    .anyMatch(method -> method.methodName().equalsString(METHOD));
        }
    }

    private static String file(String type) {
        return type.replace('.', '/') + ".class";
    }

    private static byte[] inside(InputStream jar, String file) throws IOException {
        try (var entries = new ZipInputStream(jar)) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals(file)) {
                    return entries.readAllBytes();
                }
            }
        }
        throw new AssertionError("There is no " + file);
    }

    @ParameterizedTest
    @CsvSource({
        "split,  Reader,    1769, 300",
        "split,  Forwarder, 1769, 300",
        "split,  Processor, 1769, 300",
        "split,  Web,       1024, 29",
        "split,  Live,      1024, 29",
        "split,  Keeper,    1769, 300",
        "single, Sluice,    1769, 29"
    })
    void aFunctionIsSoLargeAndMayTakeSoLong(String configuration, String name, int megabytes, int seconds) {
        JsonNode function = Packaged.of(configuration).template().function(name);

        assertThat(function.path("MemorySize").asInt()).isEqualTo(megabytes);
        assertThat(function.path("Timeout").asInt()).isEqualTo(seconds);
    }

    /**
     * What is a minute old is of no use to those who look on, and a batch that fails must not hold up the next. It makes no dead
     * letter, which the other consumers would be given too, but Lambda counts what it gives up.
     */
    @Test
    void theLiveTailGetsChangesAsTheyComeAndForAMinuteInHalvesAndTheLastOneOnceMore() {
        assertThat(Packaged.of("split").template().mappings("Live"))
                .singleElement()
                .satisfies(mapping -> {
                    assertThat(mapping.path("StartingPosition").asString()).isEqualTo("LATEST");
                    assertThat(mapping.path("BatchSize").asInt()).isEqualTo(500);
                    assertThat(mapping.path("MaximumBatchingWindowInSeconds").asInt())
                            .isZero();
                    assertThat(mapping.path("ParallelizationFactor").asInt(1)).isOne();
                    assertThat(mapping.path("MaximumRetryAttempts").asInt()).isOne();
                    assertThat(mapping.path("MaximumRecordAgeInSeconds").asInt())
                            .isEqualTo(60);
                    assertThat(mapping.path("BisectBatchOnFunctionError").asBoolean())
                            .isTrue();
                    assertThat(mapping.at("/FunctionResponseTypes/0").asString())
                            .isEqualTo("ReportBatchItemFailures");
                    assertThat(mapping.has("DestinationConfig")).isFalse();
                    assertThat(mapping.at("/MetricsConfig/Metrics/0").asString())
                            .isEqualTo("EventCount");
                });
    }
}
