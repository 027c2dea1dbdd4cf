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

    /** What {@link CallRecorder} has kept. */
    static final Path MADE = Path.of("target", "calls.tsv");

    private static final Path KNOWN = Path.of("src", "test", "resources", "calls.tsv");

    /** Every call that any bean makes. */
    static Set<Call> known() {
        return read(KNOWN, _ -> true);
    }

    /** Those that every run of all tests makes: the others have a reason in the table why a run may go without. */
    static Set<Call> certain() {
        return read(KNOWN, columns -> columns.length == 4);
    }

    /** Those that were made since then: the file that an earlier build has left tells of none. */
    static Set<Call> made(Instant since) {
        try {
            return Files.exists(MADE)
                            && !Files.getLastModifiedTime(MADE).toInstant().isBefore(since)
                    ? read(MADE, _ -> true)
                    : Set.of();
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
