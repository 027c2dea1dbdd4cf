package dev.sluice.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The names of all sample events, so that none is left out of a test. */
final class SampleEvents {

    private static final Path FOLDER = Path.of("src", "test", "resources", "events");

    private SampleEvents() {}

    /** Those that a bean takes. */
    static List<String> taken() {
        return in(FOLDER);
    }

    /** Those that are refused by name. */
    static List<String> foreign() {
        return in(FOLDER.resolve("foreign"));
    }

    static List<String> all() {
        return Stream.concat(taken().stream(), foreign().stream()).toList();
    }

    private static List<String> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> FOLDER.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
