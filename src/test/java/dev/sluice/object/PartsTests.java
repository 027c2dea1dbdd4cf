package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.object.ReadingCloud.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may come between planning to read an object in parts and adding them up. */
class PartsTests {

    private static final String KEY = "rows/a";

    /** Far more than reading five parts and adding them up takes. */
    private static final int MANY = 50;

    private static final String[] CSV = {
        "--sluice.feeds[0].name=rows",
        "--sluice.feeds[0].match.key=rows/*",
        "--sluice.feeds[0].format=csv",
        "--sluice.feeds[0].columns=line",
        "--sluice.feeds[0].newlines-in-quotes=false",
        "--sluice.feeds[0].split=1KB"
    };

    /** 5,000 bytes: of each hundred a lone CR ends nine records, which it does in CSV only, and LF the tenth. */
    private static final Content OBJECT =
            Content.of(("123456789\r".repeat(9) + "123456789\n").repeat(50).getBytes(StandardCharsets.US_ASCII));

    private static final int RECORDS = 500;
    private static final int PARTS = 5;

    @SuppressWarnings("NullAway.Init")
    private ReadingCloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new ReadingCloud(List.of(), CSV);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void anArchivedObjectFailsWithItsReason() {
        cloud.refuse(Optional.of("InvalidObjectState"));

        ReadReport report = cloud.report(KEY, OBJECT);

        assertThat(report.unread()).isEmpty();
        assertThat(report.objects())
                .extracting(ObjectOutcome::state, ObjectOutcome::reason)
                .containsExactly(tuple(ObjectState.FAILED, "archived"));
        assertThat(cloud.readNext()).isFalse();
    }

    @Test
    void anObjectThatIsArchivedBetweenItsPartsFailsWithItsReason() {
        cloud.report(KEY, OBJECT);
        assertThat(cloud.readNext()).isTrue();
        cloud.refuse(Optional.of("InvalidObjectState"));

        readToTheEnd();

        assertThat(text("state")).isEqualTo("failed");
        assertThat(text("reason")).isEqualTo("archived");
    }

    /** Whoever looks for the end of a part would read on and on. */
    @Test
    void aRecordThatMayHaveNoEndFailsInPartsToo() throws IOException {
        cloud.close();
        cloud = new ReadingCloud(
                List.of(),
                Stream.concat(
                                Stream.of(CSV),
                                Stream.of(
                                        "--sluice.reading.largest-piece=4KB", "--sluice.feeds[0].max-record-bytes=4KB"))
                        .toArray(String[]::new));
        cloud.report(
                KEY, Content.of(("123456789\n".repeat(150) + "x".repeat(20_000)).getBytes(StandardCharsets.US_ASCII)));

        readToTheEnd();

        assertThat(text("state")).isEqualTo("failed");
        assertThat(text("reason")).isEqualTo("endless-record");
        assertThat(text("message")).startsWith("From byte 2048 on");
    }

    @Test
    void aPartThatIsBegunOnceMoreIsAnAttemptOfItsObject() {
        cloud.report(KEY, OBJECT);
        // The first GET only looks for where the part ends.
        var gets = new AtomicInteger();
        cloud.object().onGet(() -> {
            if (gets.incrementAndGet() == 2) {
                cloud.object().breakAfter(6, 0, () -> {});
            }
        });
        assertThat(cloud.readNext()).isFalse();

        cloud.report(KEY);
        readToTheEnd();

        assertThat(text("state")).isEqualTo("done");
        assertThat(cloud.item(KEY).path("attempts").path("N").asInt()).isEqualTo(2);
    }

    @Test
    void partsThatAreReadWhileOthersAreStillSentCount() {
        var updated = new StringBuilder();
        cloud.onceSent(() -> {
            for (int i = 0; i < PARTS; i++) {
                assertThat(cloud.readNext()).isTrue();
            }
            updated.append(text("updated"));
        });

        cloud.report(KEY, OBJECT);

        // Giving the lease back must not put the entry as it was before the parts were read.
        assertThat(text("updated")).hasToString(updated.toString()).isNotEmpty();
        readToTheEnd();
        assertThat(text("state")).isEqualTo("done");
        assertThat(cloud.item(KEY).path("rows").path("N").asInt()).isEqualTo(RECORDS);
    }

    @Test
    void anObjectWhoseFeedHasNoPlainLinesAnyMoreIsReadWhole() {
        cloud.report(KEY, OBJECT);
        assertThat(cloud.readNext()).isTrue();
        cloud.deploy(Stream.of(CSV)
                .filter(setting -> !setting.contains("split") && !setting.contains("newlines"))
                .toArray(String[]::new));

        readToTheEnd();

        assertThat(text("state")).isEqualTo("done");
        assertThat(cloud.item(KEY).has("split")).isFalse();
        assertThat(cloud.item(KEY).path("rows").path("N").asInt()).isEqualTo(RECORDS);
    }

    @Test
    void partsThatDoNotFitTogetherAfterAChangeOfTheFeedFail() {
        cloud.report(KEY, OBJECT);
        assertThat(cloud.readNext()).isTrue();
        cloud.deploy(
                "--sluice.feeds[0].name=rows",
                "--sluice.feeds[0].match.key=rows/*",
                "--sluice.feeds[0].format=lines",
                "--sluice.feeds[0].split=1KB");

        readToTheEnd();

        assertThat(text("state")).isEqualTo("failed");
        assertThat(text("reason")).isEqualTo("parts-differ");
    }

    private void readToTheEnd() {
        int messages = 0;
        while (cloud.readNext()) {
            assertThat(++messages).as("messages").isLessThan(MANY);
        }
    }

    private String text(String attribute) {
        return cloud.item(KEY).path(attribute).path("S").asString();
    }
}
