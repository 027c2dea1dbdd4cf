package dev.sluice.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What a {@link Child} does for its parent: print its port when it is ready, and end when its standard input does. The
 * operating system closes that input when the parent dies, so even a kill -9 of the parent leaves nothing behind.
 */
final class Lifeline {

    static final String READY = "sluice-child ready ";
    static final String NOTE = "sluice-child note ";

    private Lifeline() {}

    /** Starts a service that answers with its port. */
    static void serve(Callable<Integer> service) {
        serve(service, _ -> {}, () -> {});
    }

    /**
     * Starts a service that answers with its port.
     *
     * @param lines receives what the parent tells, line by line
     * @param end runs before the process ends
     */
    static void serve(Callable<Integer> service, Consumer<String> lines, Runnable end) {
        // No daemon: it keeps a service alive whose own threads all are.
        Thread.ofPlatform().name("lifeline").start(() -> {
            try (var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                input.lines().forEach(lines);
                end.run();
            } catch (IOException | RuntimeException e) {
                note("ends, since its input failed: " + e);
            } finally {
                // No shutdown hooks: they wait for connections that nobody will answer any more.
                Runtime.getRuntime().halt(0);
            }
        });
        try {
            say(READY + service.call());
        } catch (Exception e) {
            e.printStackTrace(System.out);
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }

    /** Says something to a person: the parent passes it on. */
    static void note(String text) {
        say(NOTE + text);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
