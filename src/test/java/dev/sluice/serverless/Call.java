package dev.sluice.serverless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
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
        try (Stream<String> lines = Files.lines(KNOWN)) {
            return lines.map(line -> line.split("\t", -1))
                    .map(parts -> new Call(parts[0], parts[1], parts[2], parts[3]))
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
