package dev.sluice.serverless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of AWS that a bean has made.
 *
 * @param operation as the service's API calls it; of an object with a version's id, {@code Version} follows
 * @param resource what it was about, without what differs from one deployment to the next: {@code rows},
 *     {@code rows/index/bySource}, {@code store}, {@code store/letters/x}
 */
record Call(String bean, String service, String operation, String resource) implements Comparable<Call> {

    private static final Path KNOWN = Path.of("src", "test", "resources", "calls.tsv");

    /** Every call that any bean makes. */
    static Set<Call> known() {
        return read(KNOWN, _ -> true);
    }

    /** Those that every run of all tests makes: the others have a reason in the table why a run may go without. */
    static Set<Call> certain() {
        return read(KNOWN, columns -> columns.length == 4);
    }

    /**
     * Those that {@link CallRecorder} has kept since then in the files of a folder whose names begin so, together: the files that
     * an earlier build has left tell of none.
     */
    static Set<Call> made(Path folder, String prefix, Instant since) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".tsv") && !isOlder(file, since))
                    .flatMap(file -> read(file, _ -> true).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOlder(Path file, Instant than) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Call> read(Path file, Predicate<String[]> wanted) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split("\t", -1))
                    .filter(wanted)
                    .map(columns -> new Call(columns[0], columns[1], columns[2], columns[3]))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int compareTo(Call other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return String.join("\t", bean, service, operation, resource);
    }
}
