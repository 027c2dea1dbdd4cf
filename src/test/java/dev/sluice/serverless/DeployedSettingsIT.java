package dev.sluice.serverless;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application starts with the variables that each function is given, and each of them is read. */
@ExtendWith(Node.Required.class)
class DeployedSettingsIT {

    /** Whose the others are: the adapter's, Spring Cloud Function's, Spring Boot's and the JVM's. */
    private static final Set<String> OTHERS = Set.of(
            "MAIN_CLASS", "SPRING_CLOUD_FUNCTION_DEFINITION", "LOGGING_STRUCTURED_FORMAT_CONSOLE", "JAVA_TOOL_OPTIONS");

    /** Its entry point has the JVM's options. */
    private static final Set<String> OF_THE_IMAGE =
            Set.of("MAIN_CLASS", "SPRING_CLOUD_FUNCTION_DEFINITION", "LOGGING_STRUCTURED_FORMAT_CONSOLE");

    /** AWS Lambda Developer Guide, "Lambda quotas": all variables of a function together. */
    private static final int MOST_BYTES = 4_096;

    /** A function of a configuration. */
    record Deployment(Packaged packaged, String function) {

        Map<String, String> variables() {
            return packaged.template().environment(function);
        }
    }

    static Stream<Deployment> all() {
        return Packaged.all().stream().flatMap(packaged -> packaged.template().functions().keySet().stream()
                .map(function -> new Deployment(packaged, function)));
    }

    /** Those whose variables differ by more than the stage's name. */
    static Stream<Deployment> different() {
        var seen = new HashSet<Map<String, String>>();
        return all().filter(one -> {
            Map<String, String> variables = one.variables();
            variables.replaceAll((_, value) -> value.replaceAll("\\bprod\\b", "dev"));
            return seen.add(variables);
        });
    }

    /** A setting that is missing, wrong, or read by nobody would stop the start. */
    @ParameterizedTest
    @MethodSource("different")
    void theApplicationStarts(Deployment one) {
        try (var app = Deployed.start(one.variables())) {
            assertThat(app.containsBean("triggerRouter")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theOthersAreKnownAndAllOfThemFit(Deployment one) {
        Map<String, String> variables = one.variables();

        assertThat(variables.keySet())
                .filteredOn(name -> !name.startsWith("SLUICE_"))
                .containsExactlyInAnyOrderElementsOf(one.packaged().name().equals("image") ? OF_THE_IMAGE : OTHERS);
        assertThat(variables.entrySet().stream()
                        .mapToInt(variable -> (variable.getKey() + variable.getValue()).getBytes(UTF_8).length)
                        .sum())
                .isLessThanOrEqualTo(MOST_BYTES);
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachNamesWhatItIsFor(Deployment one) {
        Template template = one.packaged().template();
        assertThat(one.variables())
                .containsAllEntriesOf(Map.of(
                        "SLUICE_BUCKET",
                                template.text(template.properties("FilesBucket").path("BucketName")),
                        "SLUICE_STORE_BUCKET",
                                template.text(template.properties("StoreBucket").path("BucketName")),
                        "SLUICE_ROWS_TABLE", "RowsTable",
                        "SLUICE_LEDGER_TABLE", "LedgerTable",
                        "SLUICE_CONNECTIONS_TABLE", "ConnectionsTable",
                        "SLUICE_CHANGES_STREAM", "ChangesStream",
                        "SLUICE_WORK_QUEUE", queue("WorkQueue"),
                        "SLUICE_WORK_LETTERS", queue("LettersQueue"),
                        "SLUICE_LETTERS_QUEUE", "FailedNotices"));
    }

    private static String queue(String name) {
        return "https://sqs.us-east-1.amazonaws.com/111122223333/" + name;
    }

    /** Without these the application starts, and does less than it should. */
    @ParameterizedTest
    @MethodSource("all")
    void whoAnswersPeopleKnowsThemAndWhereChangesAreSent(Deployment one) {
        String stage = one.packaged().name().equals("prod") ? "prod" : "dev";
        String live = "://WebsocketsApi.execute-api.us-east-1.amazonaws.com/" + stage;
        var expected = new HashMap<String, String>();
        for (Source source : Source.of(one.packaged().template(), one.function())) {
            switch (source.trigger()) {
                case "http" ->
                    expected.putAll(Map.of(
                            "SLUICE_ACCESS_ISSUER", "https://cognito-idp.us-east-1.amazonaws.com/UserPool",
                            "SLUICE_ACCESS_CLIENTID", "UserPoolClient",
                            "SLUICE_LIVE_URL", "wss" + live));
                case "websocket" -> expected.put("SLUICE_LIVE_ENDPOINT", "https" + live);
                default -> {}
            }
        }

        assertThat(one.variables()).containsAllEntriesOf(expected);
    }
}
