package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.change.ChangeEvent;
import dev.sluice.local.LocalIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The page as people use it, in a real browser: the flows of {@code src/test/page}, with pictures in {@code target/page}. */
@ExtendWith(Browser.Required.class)
class PageIT {

    private static final Path OUT = Path.of("target", "page");
    private static final Path SAMPLES = Path.of("samples");
    /** Six records of which four are none: no JSON, no key, a name twice, no text. */
    private static final Path CITIES = Path.of("src", "test", "page", "cities.ndjson");

    private static final String POISON = """
            {"id":"poison-again"}
            {"id":"poison-discard"}
            {"id":"poison-look"}
            """;

    /** What is to be closed, the last first. */
    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice open;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    /** A consumer that does not take rows whose key begins with poison when it sees them first. */
    @Configuration(proxyBeanMethods = false)
    public static class Consumers {

        private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        @Bean
        Consumer<ChangeEvent> picky() {
            return event -> {
                if (event.key().startsWith("poison") && SEEN.add(event.key())) {
                    throw new IllegalStateException("not yet");
                }
            };
        }
    }

    @BeforeAll
    static void start() throws IOException {
        LocalIssuer issuer = started(LocalIssuer.start());
        RunningSluice closed = started(RunningSluice.start(
                "page-closed",
                issuer.settings().entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)));
        open = started(RunningSluice.start(
                "page", List.of(Consumers.class), "--sluice.consumers=liveTail,picky", "--sluice.processing.tries=1"));
        open.upload("countries/country-codes.csv", Files.readAllBytes(SAMPLES.resolve("countries/country-codes.csv")));
        open.upload("countries/wrong.csv", "Name,Code\nx,y\n");
        open.upload("places/cities.ndjson", Files.readAllBytes(CITIES));
        open.upload("places/poison.ndjson", POISON);
        await().until(() -> open.all("/api/objects"), PageIT::areRead);
        await().until(() -> open.all("/api/letters").size() == POISON.lines().count());
        browser = started(Browser.start(
                Map.of("web", open.at("/").toString(), "closed", closed.at("/").toString()), OUT));
    }

    private static <T extends AutoCloseable> T started(T one) {
        STARTED.push(one);
        return one;
    }

    private static boolean areRead(List<JsonNode> objects) {
        return objects.size() == 4 && objects.stream().allMatch(object -> object.has("finished"));
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    @TestFactory
    Stream<DynamicTest> flows() {
        return Stream.concat(browser.flows().map(PageIT::test), Stream.of(dynamicTest("all of them", () -> assertThat(
                        browser.failure())
                .isEmpty())));
    }

    private static DynamicTest test(JsonNode flow) {
        return dynamicTest(flow.path("flow").asString(), () -> {
            if (flow.has("failure")) {
                fail(flow.path("failure").asString());
            }
        });
    }
}
