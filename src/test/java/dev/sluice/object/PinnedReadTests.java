package dev.sluice.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.object.ObjectStandIn.Get;
import dev.sluice.object.ReadingCloud.Content;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each GET of a read asks for the version that the read began with, also where S3 breaks off and is asked for the rest. */
class PinnedReadTests {

    private static final String KEY = "lines/a";
    private static final Content OLD = lines("old", 30_000);
    private static final Content NEW = lines("new", 40_000);
    private static final int BREAK = 100_000;

    @SuppressWarnings("NullAway.Init")
    private static ReadingCloud cloud;

    @BeforeAll
    static void start() throws IOException {
        cloud = new ReadingCloud(
                List.of(),
                "--sluice.feeds[0].name=lines",
                "--sluice.feeds[0].match.key=lines/*",
                "--sluice.feeds[0].format=lines");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void begin() {
        cloud.object().versioned(false);
        cloud.object().breakAfter(0, 0, () -> {});
    }

    @Test
    void withVersionsEachGetNamesTheVersion() {
        cloud.object().versioned(true);
        cloud.object().breakAfter(2, BREAK, () -> {});

        cloud.report(KEY, OLD);

        read("v1", 30_000);
        assertThat(cloud.object().gets())
                .containsExactly(
                        new Get(Optional.of("v1"), Optional.empty(), Optional.empty()),
                        new Get(Optional.of("v1"), Optional.empty(), Optional.of("bytes=" + BREAK + "-")),
                        new Get(Optional.of("v1"), Optional.empty(), Optional.of("bytes=" + 2 * BREAK + "-")));
    }

    @Test
    void withoutVersionsEachGetNamesTheETag() {
        cloud.object().breakAfter(2, BREAK, () -> {});

        cloud.report(KEY, OLD);

        read("etag1", 30_000);
        var eTag = Optional.of("\"etag1\"");
        assertThat(cloud.object().gets())
                .containsExactly(
                        new Get(Optional.empty(), eTag, Optional.empty()),
                        new Get(Optional.empty(), eTag, Optional.of("bytes=" + BREAK + "-")),
                        new Get(Optional.empty(), eTag, Optional.of("bytes=" + 2 * BREAK + "-")));
    }

    @Test
    void withVersionsAnObjectThatIsOverwrittenMeanwhileIsReadToTheEndOfItsOldOne() {
        cloud.object().versioned(true);
        cloud.object().breakAfter(1, BREAK, () -> cloud.object().overwrite(NEW));

        cloud.report(KEY, OLD);

        read("v1", 30_000);
        cloud.report(KEY);
        read("v2", 40_000);
    }

    @Test
    void withoutVersionsAnObjectThatIsOverwrittenMeanwhileComesToItsNewOne() {
        cloud.object().breakAfter(1, BREAK, () -> cloud.object().overwrite(NEW));

        assertThat(cloud.report(KEY, OLD).unread()).containsExactly(new ObjectNotice("files", KEY));

        cloud.report(KEY);
        read("etag2", 40_000);
    }

    private void read(String version, long rows) {
        assertThat(cloud.item(KEY).path("state").path("S").asString()).isEqualTo("done");
        assertThat(cloud.item(KEY).path("version").path("S").asString()).isEqualTo(version);
        assertThat(cloud.item(KEY).path("rows").path("N").asLong()).isEqualTo(rows);
    }

    /** Ten bytes each. */
    private static Content lines(String text, int many) {
        return Content.of(IntStream.range(0, many)
                .mapToObj(i -> "%s%06d\n".formatted(text, i))
                .collect(Collectors.joining())
                .getBytes(UTF_8));
    }
}
