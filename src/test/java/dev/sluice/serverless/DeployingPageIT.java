package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** docs/deploying.md says what the deployment does. */
@ExtendWith(Node.Required.class)
class DeployingPageIT {

    @SuppressWarnings("NullAway.Init")
    private static String page;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("docs", "deploying.md"));
    }

    @Test
    void itsTableHasEveryParamWithItsDefaults() {
        var params = JsonMapper.shared()
                .readTree(Node.run("src/test/deploy/choose.cjs", "params").output());
        List<String> expected = params.path("default").properties().stream()
                .map(param -> "%s|%s|%s"
                        .formatted(
                                param.getKey(),
                                param.getValue().asString(),
                                params.path("prod").path(param.getKey()).asString("")))
                .toList();
        String table = between(page, "| param |", "A stage is a name");

        assertThat(table.lines().skip(2).filter(line -> !line.isEmpty()))
                .extracting(line -> {
                    String[] cells = line.split("\\|", -1);
                    return "%s|%s|%s".formatted(cells[1].strip().replace("`", ""), cells[2].strip(), cells[3].strip());
                })
                .containsExactlyElementsOf(expected);
    }

    @Test
    void itsCostsAreWhatTheModelSays() {
        assertThat(between(page, "<!-- node deploy/cost.mjs -->\n", "<!-- end -->"))
                .isEqualTo("\n" + Node.run("deploy/cost.mjs").output() + "\n");
    }

    @Test
    void itsAlarmsAreThoseOfTheTemplate() {
        String table = between(page, "| alarm |", "## Teardown");
        List<String> named = table.lines()
                .skip(2)
                .flatMap(line -> Arrays.stream(line.split("\\|", -1)).skip(1).limit(1))
                .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(Packaged.of("queue")
                        .template()
                        .ofType("AWS::CloudWatch::Alarm")
                        .keySet());
    }

    @Test
    void theOutputsThatItAndTheScriptNameAreThere() throws IOException {
        String script = Files.readString(Path.of("deploy", "smoke.mjs"));
        var outputs = Packaged.of("split").template().json().path("Outputs").propertyNames();

        assertThat(Pattern.compile("the outputs? `?(\\w+)`?")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1)))
                .isNotEmpty()
                .isSubsetOf(outputs);
        String read = between(script, "const {", "} = outputs");
        assertThat(Pattern.compile("(\\w+): ").matcher(read).results().map(match -> match.group(1)))
                .hasSize(3)
                .isSubsetOf(outputs);
    }

    private static String between(String text, String begin, String end) {
        String before = text.substring(0, text.indexOf(end));
        return before.substring(before.lastIndexOf(begin) + begin.length());
    }
}
