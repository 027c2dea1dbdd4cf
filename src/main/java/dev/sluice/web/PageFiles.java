package dev.sluice.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The page's files as they were packaged, all of them text.
 *
 * @param version changes whenever one of them does
 * @param texts by their names
 */
record PageFiles(String version, Map<String, String> texts) {

    static final String START = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private static final int VERSION_LENGTH = 12;

    static PageFiles read() {
        var texts = new TreeMap<String, String>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/page/*.*")) {
                try (InputStream in = file.getInputStream()) {
                    texts.put(
                            Objects.requireNonNull(file.getFilename()),
                            new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The page's files cannot be read.", e);
        }
        String version = ETag.of(texts.toString().getBytes(StandardCharsets.UTF_8))
                .replaceAll("[^A-Za-z0-9]", "")
                .substring(0, VERSION_LENGTH);
        // What the first file names and those name in turn lies under its version, so that a browser can keep it.
        texts.computeIfPresent(START, (_, html) -> html.replace("=\"page/", "=\"page/" + version + "/"));
        return new PageFiles(version, texts);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    static String type(String name) {
        return Objects.requireNonNull(
                TYPES.get(name.substring(name.lastIndexOf('.') + 1)),
                () -> "The page's file " + name + " has no type.");
    }
}
