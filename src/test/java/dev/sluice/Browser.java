package dev.sluice;

import dev.sluice.serverless.Requirement;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A browser of this machine, and the flows of {@code src/test/page} that are gone through in it. */
final class Browser implements AutoCloseable {

    /** Those that {@code .ci/run} looks for. The first one has no window to draw, which is quicker. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    private static final Path DRIVER = Path.of("node_modules", "playwright-core");
    private static final Path FLOWS = Path.of("src", "test", "page", "run.mjs");

    private final Process process;
    private final Path log;

    private Browser(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What {@code @ExtendWith} puts before tests that need the browser and what drives it. */
    static final class Required extends Requirement {

        @Override
        protected String missing() {
            return Browser.missing();
        }
    }

    private static String missing() {
        if (onPath("node").isEmpty()) {
            return "Node is missing: install Node 20 or newer.";
        }
        if (program().isEmpty()) {
            return "Chromium is missing: install it, or name its program in the variable CHROMIUM.";
        }
        return Files.exists(DRIVER) ? "" : "What drives the browser is missing: run npm ci.";
    }

    private static Optional<Path> program() {
        String named = System.getenv("CHROMIUM");
        return named == null
                ? NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst()
                : Optional.of(Path.of(named)).filter(Files::isExecutable);
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts going through the flows.
     *
     * @param settings of {@code run.mjs}, but for the browser's program
     * @param out where pictures and the log go
     */
    static Browser start(Map<String, String> settings, Path out) {
        var all = new TreeMap<>(settings);
        all.put("browser", program().orElseThrow().toString());
        all.put("out", out.toString());
        try {
            Path log = Files.createDirectories(out).resolve("run.log");
            return new Browser(
                    new ProcessBuilder("node", FLOWS.toString(), RunningSluice.JSON.writeValueAsString(all))
                            .redirectError(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each flow once it has been gone through: {@code {"flow","failure"}}. */
    Stream<JsonNode> flows() {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .map(RunningSluice.JSON::readTree);
    }

    /** What the run ended with, if that was not well. */
    Optional<String> failure() {
        try {
            int exit = process.waitFor();
            return exit == 0 ? Optional.empty() : Optional.of("Node ended with " + exit + ": " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** It ends when its standard input does, and takes the browser with it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
