package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.sluice.serverless.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told of the Dockerfile without building it, and where there is a builder, what it builds. */
class DockerfileIT {

    private static final Path DOCKERFILE = Path.of("Dockerfile");
    private static final Path LINT = Path.of("node_modules", "dockerfile-utils", "bin", "dockerfile-utils");
    private static final Pattern VARIABLE = Pattern.compile("\n(?:ENV|   ) ([A-Z_]+)=(\\S+)");
    private static final Pattern STAGE = Pattern.compile("FROM (\\S+) AS (\\S+)");

    @Test
    @ExtendWith(Node.Required.class)
    void isValid() {
        assertThat(lint(DOCKERFILE))
                .satisfies(outcome ->
                        assertThat(outcome.exit()).as(outcome.output()).isZero());
    }

    @Test
    @ExtendWith(Node.Required.class)
    void whatIsNotValidWouldBeSeen(@TempDir Path folder) throws IOException {
        Path broken = folder.resolve("Dockerfile");
        Files.writeString(broken, Files.readString(DOCKERFILE).replace("USER 10001:10001", "USR 10001:10001"));

        assertThat(lint(broken).output()).contains("USR");
    }

    /** So that each can be replaced. */
    @Test
    void everyBaseIsAnArgumentOrAnotherStage() throws IOException {
        String text = Files.readString(DOCKERFILE);

        for (String stage : stages().keySet()) {
            String base = STAGE.matcher(stages().get(stage).getFirst())
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            assertThat(base).as(stage).matches("\\$\\{[A-Z_]+}");
            assertThat(text).contains("\nARG " + base.substring(2, base.length() - 1) + "=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lambda", "web"})
    void aTargetRunsAsNobodyInParticularAndSaysWhatItIs(String target) throws IOException {
        String lines = String.join("\n", stages().get(target));

        assertThat(lines)
                .containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n")
                .contains("org.opencontainers.image.title=", "org.opencontainers.image.licenses=")
                .doesNotContain("\nRUN ");
    }

    @Test
    void theWebAppTellsThatItIsHealthyAndEndsWhenAsked() throws IOException {
        assertThat(String.join("\n", stages().get("web")))
                .contains("\nHEALTHCHECK ", "CMD [\"/opt/web/web\", \"health\"]", "\nSTOPSIGNAL SIGTERM\n")
                .contains("\nENTRYPOINT [\"/opt/web/web\", \"run\"]");
    }

    /** By the script that the tests run too: with its class path, its flags and the cache that was trained with them. */
    @Test
    void theFunctionIsStartedAsInTheTestsAndAsTheZipIs() throws IOException {
        Path image = Path.of("/opt/sluice");

        assertThat(stages().get("train")).contains("RUN /opt/sluice/lambda train /opt/sluice /opt/trainer");
        assertThat(stages().get("lambda"))
                .contains(
                        "COPY --from=train /opt/sluice /opt/sluice",
                        "ENTRYPOINT " + array(LambdaProcess.entryPoint(image)),
                        "CMD " + array(List.of(LambdaProcess.HANDLER)));
        assertThat(Files.readString(Path.of("deploy", "image-off.yml")))
                .contains("handler: " + LambdaProcess.HANDLER + "\n");
        assertThat(Files.readString(Path.of("src", "image", "lambda")))
                .contains(RuntimeClient.FLAGS)
                .contains("client=" + AWSLambda.class.getName() + "\n");
    }

    private static String array(List<String> texts) {
        return "[\"" + String.join("\", \"", texts) + "\"]";
    }

    /** A container that nobody deployed knows what to run, too. */
    @Test
    void theFunctionsVariablesAreThoseOfEachDeployment() throws IOException {
        List<String> deployed = Files.readAllLines(Path.of("deploy", "environment.yml"));

        assertThat(VARIABLE.matcher(String.join("\n", stages().get("lambda"))).results())
                .hasSize(3)
                .allSatisfy(variable -> assertThat(deployed).anyMatch(line -> line.replaceFirst(" #.*", "")
                        .equals("  %s: %s".formatted(variable.group(1), variable.group(2)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lambda", "web"})
    void aBuilderBuildsTheTarget(String target) throws IOException, InterruptedException {
        Optional<String> builder = builder();
        assumeTrue(builder.isPresent(), "There is neither Docker nor Podman here that answers.");

        assertThat(exit(builder.get(), "build", "--target", target, "--tag", "sluice-" + target + ":test", "."))
                .isZero();
    }

    private static Optional<String> builder() throws InterruptedException {
        for (String builder : List.of("docker", "podman")) {
            try {
                if (exit(builder, "info") == 0) {
                    return Optional.of(builder);
                }
            } catch (IOException _) {
                // It is not there.
            }
        }
        return Optional.empty();
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(Path.of("target", "image-build.log").toFile())
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    /** Each stage's lines, the first of which is its FROM. */
    private static Map<String, List<String>> stages() throws IOException {
        var stages = new LinkedHashMap<String, List<String>>();
        for (String stage : Files.readString(DOCKERFILE).split("\n(?=FROM )", -1)) {
            STAGE.matcher(stage)
                    .results()
                    .findFirst()
                    .ifPresent(from -> stages.put(
                            from.group(2), Stream.of(stage.split("\n", -1)).toList()));
        }
        return stages;
    }

    private static Node.Outcome lint(Path dockerfile) {
        return Node.run(LINT.toString(), "lint", dockerfile.toString());
    }
}
