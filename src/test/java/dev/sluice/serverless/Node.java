package dev.sluice.serverless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs scripts with Node, if it is there. */
public final class Node {

    private static final Path OSLS = Path.of("node_modules", "osls", "bin", "serverless.js");

    private static final Path OFFLINE = Path.of("src", "test", "deploy", "offline.cjs");
    private static final Path NOBODY = Path.of("target", "serverless", "nobody");

    private Node() {}

    /** What {@code @ExtendWith} puts before tests that need Node and its packages. */
    public static final class Required extends Requirement {

        private static final String MISSING = Node.missing();

        @Override
        protected String missing() {
            return MISSING;
        }
    }

    private static String missing() {
        try {
            run("--version");
        } catch (UncheckedIOException _) {
            return "Node is missing: install Node 20 or newer.";
        }
        return Files.exists(OSLS) ? "" : "The Serverless Framework is missing: run npm ci.";
    }

    /** What a run ended with. */
    public record Outcome(int exit, String output) {}

    /** Runs the Serverless Framework with the service that lies in a folder, which it also writes into. */
    static Outcome serverless(Path folder, List<String> arguments) {
        var command = new ArrayList<>(List.of("node", OSLS.toAbsolutePath().toString()));
        command.addAll(arguments);
        return offline(folder, command);
    }

    /** Runs a command of Node without a network, and as nobody who has a home. */
    static Outcome offline(Path folder, List<String> command) {
        var environment = Map.of(
                "SLS_NOTIFICATIONS_MODE",
                "off",
                "CI",
                "true",
                "HOME",
                NOBODY.toAbsolutePath().toString(),
                "NODE_OPTIONS",
                "--require " + OFFLINE.toAbsolutePath());
        return run(folder, environment, command);
    }

    /** Runs a script. */
    public static Outcome run(String... arguments) {
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return run(Path.of(""), Map.of(), command);
    }

    private static Outcome run(Path folder, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        // Neither a region nor credentials of whoever runs the tests.
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("SLS_"));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
