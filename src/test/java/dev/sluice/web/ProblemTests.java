package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The types that programs may rely on. */
class ProblemTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(urn:sluice:problem:[a-z-]+)` \\| ([0-9]{3}) \\|");

    @Test
    void thePageListsThoseThatThereAre() throws IOException {
        assertThat(ROW.matcher(Files.readString(Path.of("docs/http.md"))).results())
                .extracting(row -> row.group(1) + " " + row.group(2))
                .containsExactlyElementsOf(Arrays.stream(Problem.Kind.values())
                        .map(kind -> kind.type() + " " + kind.status())
                        .toList());
    }
}
