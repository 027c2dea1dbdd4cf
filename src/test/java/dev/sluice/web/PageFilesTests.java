package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PageFilesTests {

    private static final int MOST_BYTES = 150 * 1024;
    private static final Pattern NAME = Pattern.compile("['\"/]([a-z-]+\\.(?:js|css|svg))['\"]");
    private static final Pattern OTHER_HOST = Pattern.compile("(https?|wss?):\\\\?//[a-z0-9]");

    /** What is an address by its form only. */
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    private final PageFiles files = PageFiles.read();

    @Test
    void allOfThePageIsLightOnTheWire() throws IOException {
        long weight = 0;
        for (String text : files.texts().values()) {
            weight += compressed(text);
        }

        assertThat(weight).isBetween(10_000L, (long) MOST_BYTES);
    }

    private static int compressed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }

    @Test
    void nothingComesFromAnotherHost() {
        assertThat(files.texts().values())
                .map(text -> text.replace(SVG_NAMESPACE, ""))
                .noneMatch(text -> OTHER_HOST.matcher(text).find());
    }

    /** A browser asks for what is named; what nobody names is not part of the page. */
    @Test
    void everyFileIsNamedAndWhatIsNamedIsThere() {
        Set<String> named = files.texts().values().stream()
                .flatMap(text -> NAME.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        named.add(PageFiles.START);

        assertThat(named).isEqualTo(files.texts().keySet());
        assertThat(named).allSatisfy(name -> assertThat(PageFiles.type(name)).isNotEmpty());
    }
}
