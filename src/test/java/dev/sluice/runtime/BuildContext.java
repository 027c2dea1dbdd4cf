package dev.sluice.runtime;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a builder is given of the project: what {@code .dockerignore} leaves, of which the last line that matches counts.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore files</a>
 */
final class BuildContext {

    private static final List<Path> ROOTS = List.of(
            Path.of("src"), Path.of("samples"), Path.of("docs"), Path.of("pom.xml"), Path.of("application.yml"));

    private final List<String> lines;

    BuildContext() throws IOException {
        lines = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** Copies it into a new folder. */
    void copyTo(Path folder) throws IOException {
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        (Iterable<Path>) files.filter(Files::isRegularFile).filter(this::isIn)::iterator) {
                    Path copy = folder.resolve(file);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private boolean isIn(Path file) {
        boolean in = true;
        for (String line : lines) {
            boolean again = line.startsWith("!");
            if (matches(again ? line.substring(1) : line, file)) {
                in = again;
            }
        }
        return in;
    }

    /** A folder's line is for all that is in it. */
    private static boolean matches(String pattern, Path file) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        return Stream.iterate(file, part -> part != null, Path::getParent).anyMatch(matcher::matches);
    }
}
