package dev.sluice.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A JVM that this one started, on the same JDK and class path. It lives as long as its standard input stays open, so it
 * dies with this process, however this process ends ({@link Lifeline} is the other side).
 */
public final class Child implements AutoCloseable {

    /** What would change a child if it were inherited: the app's own settings and the caller's AWS account. */
    private static final List<String> STRIPPED =
            List.of("SERVER_", "SPRING_", "MANAGEMENT_", "LOGGING_", "AWS_", "SLUICE_");

    private static final int TAIL_LINES = 60;
    private static final int LINE_CHARACTERS = 2_000;
    private static final Duration END = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final OutputStream input;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Deque<String> tail = new ArrayDeque<>();

    private Child(String name, Process process, Consumer<String> notes) {
        this.name = name;
        this.process = process;
        this.input = process.getOutputStream();
        Thread.ofPlatform().daemon().name(name + "-output").start(() -> drain(notes));
    }

    /**
     * Starts {@code main} and returns at once.
     *
     * @param name how messages call it
     * @param jvmFlags flags beside those for a fast start
     * @param notes receives what the child has to say to a person, line by line
     */
    static Child start(
            String name, Class<?> main, List<String> jvmFlags, List<String> arguments, Consumer<String> notes) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(jvmFlags);
        command.add(main.getName());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = builder.environment();
        strip(environment);
        // In the environment, since 240 jars on the command line make every process list unreadable.
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new Child(name, builder.start(), notes);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    static void strip(Map<String, String> environment) {
        environment.keySet().removeIf(key -> STRIPPED.stream().anyMatch(key::startsWith));
    }

    /** The port that the child listens on, once it does; fails with its last output if it ends before. */
    CompletableFuture<Integer> port() {
        return port.copy();
    }

    /** Waits for {@link #port()}, at most as long as given. */
    int awaitPort(Duration limit) {
        try {
            return port.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    name + " was not ready after " + limit.toSeconds() + " s. Its last output:\n" + tail(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    Objects.requireNonNullElse(e.getCause(), e).getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /** Sends the child one line. */
    void tell(String line) {
        try {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended. Its last output:\n" + tail(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines that the child printed. */
    String tail() {
        synchronized (tail) {
            return String.join("\n", tail);
        }
    }

    /** Ends the child: first its input, then, if that is not enough, by force. */
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException _) {
            // It has ended already.
        }
        try {
            if (!process.waitFor(END)) {
                process.destroyForcibly().waitFor(END);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Consumer<String> notes) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(Lifeline.READY)) {
                    port.complete(Integer.parseInt(line.substring(Lifeline.READY.length())));
                } else if (line.startsWith(Lifeline.NOTE)) {
                    keep(line);
                    notes.accept(name + ": " + line.substring(Lifeline.NOTE.length()));
                } else {
                    keep(line);
                }
            }
        } catch (IOException e) {
            keep("its output could not be read: " + e);
        }
        port.completeExceptionally(
                new IllegalStateException(name + " ended before it was ready. Its last output:\n" + tail()));
    }

    private void keep(String line) {
        synchronized (tail) {
            if (tail.size() == TAIL_LINES) {
                tail.removeFirst();
            }
            tail.addLast(line.length() > LINE_CHARACTERS ? line.substring(0, LINE_CHARACTERS) + "…" : line);
        }
    }
}
