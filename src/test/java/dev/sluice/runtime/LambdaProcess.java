package dev.sluice.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipInputStream;
import org.springframework.util.FileSystemUtils;

/**
 * One Lambda execution environment: the zip, unpacked and started under AWS's runtime client, or what the container image
 * holds, started as the image starts it. Linux only, as the client is.
 */
final class LambdaProcess implements AutoCloseable {

    static final String FUNCTION = "sluice";

    /** The image's argument, too. */
    static final String HANDLER = "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";

    private static final String REGION = "us-east-1";
    private static final int HEAP_MEGABYTES = 512;
    private static final Duration INIT_LIMIT = Duration.ofMinutes(3);
    private static final Duration EXIT_LIMIT = Duration.ofMinutes(1);

    private final Optional<Path> scratch;
    private final RuntimeApi api;
    private final Process process;
    private final LogTail log;
    private final CompletableFuture<Void> exit;
    private final Duration initDuration;

    private LambdaProcess(Path task, List<String> command, Map<String, String> env, Optional<Path> scratch)
            throws IOException, InterruptedException {
        this.scratch = scratch;
        api = RuntimeApi.start(FUNCTION);
        long started = System.nanoTime();
        process = launch(task, command, env);
        log = LogTail.of(process.getInputStream());
        exit = process.onExit().thenAccept(exited -> api.stop("The Lambda process exited with " + exited.exitValue()));
        try {
            api.ready().get(INIT_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // After an error of initialisation the runtime client exits by itself.
            String tail = log.last(EXIT_LIMIT);
            close();
            throw new IllegalStateException("The Lambda process did not start. The end of its log:\n" + tail, e);
        }
        initDuration = Duration.ofNanos(System.nanoTime() - started);
    }

    /** Starts the zip as it is. */
    static LambdaProcess start(Path zip, Map<String, String> env) throws IOException, InterruptedException {
        return start(zip, _ -> {}, env);
    }

    /**
     * Unpacks and starts the zip, and returns once the process asks for its first event.
     *
     * @param beside puts more files beside those of the zip
     * @param env what the deployment would set, and endpoints; nothing of this process's own environment is passed on
     * @throws IllegalStateException with the end of the log, if initialisation fails
     */
    static LambdaProcess start(Path zip, Beside beside, Map<String, String> env)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(zip.toAbsolutePath().getParent(), "lambda-");
        Path task = folder.resolve("task");
        unpack(zip, task);
        beside.putInto(task);
        var command = RuntimeClient.command(folder, HANDLER, HEAP_MEGABYTES);
        return new LambdaProcess(task, command, env, Optional.of(folder));
    }

    /** Puts files into a folder. */
    interface Beside {
        void putInto(Path task) throws IOException;
    }

    /**
     * Starts what {@code src/image/lambda} has put into a folder, as the image's entry point does.
     *
     * @param env as for the zip, and the {@code PATH} on which the image's {@code java} is
     * @param flags more flags of the JVM
     */
    static LambdaProcess image(Path image, Map<String, String> env, String... flags)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(entryPoint(image));
        command.add(HANDLER);
        // Else the machine's memory would decide, and a heap of over 32 GB has other pointers, which are in the cache.
        command.add("-Xmx" + HEAP_MEGABYTES + "m");
        command.addAll(List.of(flags));
        return new LambdaProcess(image, command, env, Optional.empty());
    }

    static List<String> entryPoint(Path image) {
        return List.of(image.resolve("lambda").toString(), "run");
    }

    /** Sends one event through the process. */
    Reply invoke(byte[] event, Duration timeout) throws InterruptedException {
        return api.invoke(event, timeout);
    }

    long pid() {
        return process.pid();
    }

    /** Where Lambda's Invoke API answers for this process: POST an event. */
    URI invocations() {
        return api.invocations();
    }

    /** From the start of the JVM to the first request for an event. */
    Duration initDuration() {
        return initDuration;
    }

    /** The processor time that the JVM has taken. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /**
     * Asks the process to end, and waits until it has.
     *
     * @return whether it ended in time
     */
    boolean end(Duration limit) throws InterruptedException {
        // Not the process's own destroy(), which closes its output: the JVM that writes an AOT cache at the end needs
        // it.
        process.toHandle().destroy();
        return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
    }

    /** The end of what the process wrote. */
    String log() {
        return log.text();
    }

    @Override
    public void close() throws IOException {
        api.close();
        exit.cancel(false);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (scratch.isPresent()) {
            FileSystemUtils.deleteRecursively(scratch.get());
        }
    }

    private Process launch(Path task, List<String> command, Map<String, String> env) throws IOException {
        var builder = new ProcessBuilder(command).directory(task.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(reserved(task));
        builder.environment().putAll(env);
        return builder.start();
    }

    /** The variables that Lambda itself sets. */
    private Map<String, String> reserved(Path task) {
        var variables = new HashMap<>(Map.of(
                "_HANDLER",
                HANDLER,
                "AWS_LAMBDA_RUNTIME_API",
                api.authority(),
                "AWS_LAMBDA_FUNCTION_NAME",
                FUNCTION,
                "AWS_LAMBDA_FUNCTION_VERSION",
                "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "1024",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "on-demand",
                "AWS_LAMBDA_LOG_GROUP_NAME",
                "/aws/lambda/" + FUNCTION,
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "test",
                "AWS_EXECUTION_ENV",
                "AWS_Lambda_java25",
                "LAMBDA_TASK_ROOT",
                task.toString()));
        variables.putAll(Map.of(
                "AWS_REGION", REGION,
                "AWS_DEFAULT_REGION", REGION,
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "LANG", "en_US.UTF-8",
                "TZ", ":UTC"));
        return variables;
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("Entry outside of the zip: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
    }
}
