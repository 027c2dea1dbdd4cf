package dev.sluice.serverless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code osls package} makes of some choices: each configuration has a name, and together they take every value of
 * every param. They are packaged once for all tests, with files in place of the zips, which nothing of this looks into.
 */
public record Packaged(String name, String output, JsonNode choices, Template template) {

    /** An image of nobody. */
    static final String IMAGE =
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/sluice@sha256:" + "0123456789abcdef".repeat(4);

    private static final Map<String, List<String>> CONFIGURATIONS = configurations();

    private static final Path FOLDER = Path.of("target", "serverless");

    private static Map<String, List<String>> configurations() {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("split", List.of());
        all.put("single", List.of("topology=single", "artifact=code.zip"));
        all.put(
                "queue",
                List.of("ingest=queue", "readers=20", "reserved=reader:100,web:20", "forwarded=countries,places"));
        all.put("single-queue", List.of("topology=single", "ingest=queue", "arch=x86_64"));
        all.put("vpc", List.of("vpc=on", "logDays=14", "parallel=4"));
        all.put("snapshots", List.of("snapStart=on"));
        all.put("image", List.of("image=on", "imageUri=" + IMAGE, "provisioned=2", "arch=x86_64"));
        all.put("prod", List.of("origins=https://app.example.com", "alarmEmail=ops@example.com"));
        return all;
    }

    /** The configuration of this name. */
    public static Packaged of(String name) {
        return all().stream()
                .filter(packaged -> packaged.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every configuration. */
    static List<Packaged> all() {
        return Once.ALL;
    }

    private static final class Once {
        private static final List<Packaged> ALL = make();
    }

    private static List<Packaged> make() {
        try (var two = Executors.newFixedThreadPool(2)) {
            FileSystemUtils.deleteRecursively(FOLDER);
            List<Callable<Packaged>> runs = new ArrayList<>();
            CONFIGURATIONS.forEach((name, params) -> runs.add(() -> make(name, params)));
            var made = new ArrayList<Packaged>();
            for (Future<Packaged> run : two.invokeAll(runs)) {
                made.add(run.get());
            }
            return List.copyOf(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** In a folder of its own, since the framework keeps what it makes beside the service. */
    private static Packaged make(String name, List<String> params) throws IOException {
        Path service = FOLDER.resolve(name);
        FileSystemUtils.copyRecursively(Path.of("deploy"), service.resolve("deploy"));
        for (String file : List.of("serverless.yml", "application.yml")) {
            Files.copy(Path.of(file), service.resolve(file));
        }
        Files.createDirectories(service.resolve("target"));
        for (String zip : List.of("target/sluice-lambda.zip", "code.zip")) {
            Files.writeString(service.resolve(zip), "stands for the code");
        }
        var arguments = new ArrayList<>(List.of("package", "--stage", name.equals("prod") ? "prod" : "dev"));
        params.forEach(param -> arguments.addAll(List.of("--param", param)));
        Node.Outcome outcome = Node.serverless(service, arguments);
        if (outcome.exit() != 0) {
            throw new IllegalStateException("osls package of '%s': %s".formatted(name, outcome.output()));
        }
        JsonMapper json = JsonMapper.shared();
        Path made = service.resolve(".serverless");
        Path template = made.resolve("cloudformation-template-update-stack.json");
        JsonNode state = json.readTree(Files.readString(made.resolve("serverless-state.json")));
        return new Packaged(
                name,
                outcome.output(),
                state.path("service").path("custom").path("choices"),
                new Template(template, json.readTree(Files.readString(template))));
    }

    @Override
    public String toString() {
        return name;
    }
}
