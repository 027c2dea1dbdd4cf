package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.extension.Extensions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The examples of the documentation do what the pages say: settings, files and outcomes are read from the pages. */
class DocumentationIT {

    private static final String OBJECT = "orders/2026-01-02/a.csv";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theWorkedFileBecomesWhatThePageShows() throws IOException {
        String page = page("reading.md");
        String worked = page.substring(page.indexOf("## A worked file"));
        String rest = worked.substring(worked.indexOf("becomes two rows"));
        String ledger = rest.substring(rest.indexOf("The ledger says"));
        try (var sluice = start("docs-reading", block(worked, "yaml"))) {
            sluice.upload(OBJECT, block(worked, ""));
            sluice.read(OBJECT);

            assertThat(rows(sluice)).isEqualTo(RunningSluice.JSON.readTree(block(rest, "json")));
            JsonNode object = sluice.object(OBJECT);
            RunningSluice.JSON
                    .readTree(block(ledger, "json"))
                    .forEachEntry((name, value) ->
                            assertThat(object.path(name)).as(name).isEqualTo(value));
            assertThat(sluice.all("/api/objects/" + object.path("id").asString() + "/rejects"))
                    .containsExactly(RunningSluice.JSON.readTree(
                            block(page.substring(page.indexOf("## What becomes of a record")), "json")));
        }
    }

    @Test
    void theTransformRunsWithTheSettingsOfThePage() throws IOException {
        String file = page("reading.md");
        try (var sluice = start("docs-extending", block(page("extending.md"), "yaml"))) {
            sluice.upload(OBJECT, block(file.substring(file.indexOf("## A worked file")), ""));

            assertThat(sluice.read(OBJECT).toString()).contains("\"records\":4,\"rows\":3,\"rejects\":0,\"dropped\":1");

            assertThat(rows(sluice)).hasSize(3).allSatisfy(data -> assertThat(data.has("internal_note"))
                    .isFalse());
        }
    }

    @Test
    void theConsumerRunsWithTheSettingsOfThePage() throws IOException {
        String file = page("reading.md");
        String extending = page("extending.md");
        String settings = block(extending, "yaml")
                + block(extending.substring(extending.indexOf("## A consumer")), "yaml")
                        .replaceFirst("sluice:\n", "");
        try (var sluice = start("docs-consumer", settings)) {
            sluice.upload(OBJECT, block(file.substring(file.indexOf("## A worked file")), ""));

            var counts = sluice.context().getBean(ExampleConsumer.Counts.class).byKey();
            // A key is there before it is counted.
            await().untilAsserted(
                            () -> assertThat(counts.values()).hasSize(3).allSatisfy(count -> assertThat(count.sum())
                                    .isEqualTo(1)));
        }
    }

    @ParameterizedTest
    @CsvSource({"transform,ExampleTransform.java,## A transform", "consumer,ExampleConsumer.java,## A consumer"})
    void theBeanOfThePageIsTheOneThatRuns(String tag, String name, String section) throws IOException {
        String source = Files.readString(Path.of("src", "test", "java", "dev", "sluice", name));
        String begin = "tag::" + tag + "\n";
        String bean = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// end::" + tag))
                .stripIndent();

        String page = page("extending.md");
        assertThat(block(page.substring(page.indexOf(section)), "java")).isEqualTo(bean);
    }

    @Test
    void theClassForBeansIsOneThatTheApplicationKnows() throws IOException {
        assertThat(page("extending.md")).contains("the class `%s`".formatted(Extensions.class.getName()));
        assertThat(SluiceApplication.class.getAnnotation(Import.class).value()).contains(Extensions.class);
    }

    /** The settings lie in a file, as a reader of the page would have them. */
    private RunningSluice start(String prefix, String yaml) throws IOException {
        Path settings = Files.writeString(folder.resolve("application.yml"), yaml);
        return RunningSluice.start(
                prefix,
                List.of(ExampleTransform.class, ExampleConsumer.class),
                "--spring.config.additional-location=" + settings.toUri());
    }

    private static JsonNode rows(RunningSluice sluice) {
        ObjectNode rows = RunningSluice.JSON.createObjectNode();
        sluice.all("/api/feeds/orders/rows")
                .forEach(row -> rows.set(row.path("key").asString(), row.path("data")));
        return rows;
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("docs", name));
    }

    /** The first block of that language. */
    private static String block(String text, String language) {
        String begin = "\n\n```" + language + "\n";
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf("```\n", from));
    }
}
