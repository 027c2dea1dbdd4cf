package dev.sluice.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import dev.sluice.object.ReadingCloud.Content;
import dev.sluice.object.ReadingCloud.Read;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read, and what no call could go on with in good time, is refused before its first row is written. */
class RefusedObjectTests {

    private static final int LARGEST = 100_000;

    @SuppressWarnings("NullAway.Init")
    private static ReadingCloud cloud;

    @BeforeAll
    static void start() throws IOException {
        cloud = new ReadingCloud(
                List.of(),
                "--sluice.reading.largest-piece=" + LARGEST + "B",
                "--sluice.feeds[0].name=lines",
                "--sluice.feeds[0].match.key=lines/*",
                "--sluice.feeds[0].format=ndjson",
                "--sluice.feeds[0].key[0]=id",
                "--sluice.feeds[1].name=array",
                "--sluice.feeds[1].match.key=array/*",
                "--sluice.feeds[1].format=json",
                "--sluice.feeds[1].key[0]=id");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void aLargeObjectOfOneMemberIsRefused() {
        refused(read("lines/a.gz", gzip(lines(LARGEST * 2))));
        refused(read("lines/a.zst", Zstd.compress(lines(LARGEST * 2))));
    }

    @Test
    void aLargeObjectOfSeveralMembersIsRead() {
        byte[] part = lines(LARGEST);

        done(read("lines/b.gz", join(gzip(part), gzip(part))));
        done(read("lines/b.zst", join(Zstd.compress(part), Zstd.compress(part))));
    }

    @Test
    void whatIsEmptyBehindTheOnlyMemberIsNoPlaceToGoOn() {
        refused(read("lines/c.gz", join(gzip(new byte[0]), gzip(lines(LARGEST * 2)))));
    }

    @Test
    void aLargeObjectThatIsNotCompressedIsRead() {
        done(read("lines/d", lines(LARGEST * 2)));
    }

    @Test
    void aLargeArrayIsRefused() {
        String elements = new String(lines(LARGEST * 2), UTF_8).strip().replace('\n', ',');

        refused(read("array/e", ("[" + elements + "]").getBytes(UTF_8)));
    }

    @Test
    void upToTheLimitEverythingIsRead() {
        byte[] lines = lines(LARGEST / 2);

        done(read("lines/f.gz", gzip(lines)));
        done(read("array/f", ("[" + new String(lines, UTF_8).strip().replace('\n', ',') + "]").getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidObjectState,archived",
        "AccessDenied,forbidden",
        "KMS.DisabledException,forbidden",
        "KMS.KMSInvalidStateException,forbidden",
        "KMS.NotFoundException,forbidden"
    })
    void whatS3RefusesForGoodFails(String code, String reason) {
        ReadReport report = refuse(code);

        assertThat(report.objects())
                .extracting(ObjectOutcome::state, ObjectOutcome::reason)
                .containsExactly(tuple(ObjectState.FAILED, reason));
        assertThat(report.unread()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "RequestTimeTooSkewed", "KMS.ThrottlingException", "InvalidRequest"})
    void whatS3RefusesForNowIsTriedAgain(String code) {
        assertThat(refuse(code).unread()).hasSize(1);
    }

    /** As without the permission s3:GetObject, which a HEAD needs too. */
    @Test
    void whatS3DoesNotEvenTellOfFails() {
        cloud.conceal("AccessDenied");
        ReadReport report = cloud.report("lines/h", Content.of(lines(1)));
        ReadReport again = cloud.report("lines/h");
        cloud.refuse(Optional.empty());

        assertThat(List.of(report, again)).allSatisfy(each -> {
            assertThat(each.objects())
                    .extracting(ObjectOutcome::state, ObjectOutcome::reason)
                    .containsExactly(tuple(ObjectState.FAILED, "forbidden"));
            assertThat(each.unread()).isEmpty();
        });
        assertThat(cloud.report("lines/h").objects())
                .extracting(ObjectOutcome::state)
                .containsExactly(ObjectState.DONE);
    }

    /** Without its key S3 takes no question about it. */
    @Test
    void whatIsEncryptedWithAKeyOfItsOwnersFails() {
        cloud.conceal(400, "InvalidRequest");
        ReadReport report = cloud.report("lines/k", Content.of(lines(1)));
        cloud.refuse(Optional.empty());

        assertThat(report.objects())
                .extracting(ObjectOutcome::state, ObjectOutcome::reason)
                .containsExactly(tuple(ObjectState.FAILED, "forbidden"));
        assertThat(report.unread()).isEmpty();
    }

    @Test
    void whatHasBeenReadStaysSoWhenS3DoesNotTellOfItAnyMore() {
        cloud.report("lines/i", Content.of(lines(1)));
        cloud.conceal("AccessDenied");
        ReadReport report = cloud.report("lines/i");
        cloud.refuse(Optional.empty());

        assertThat(report.unread()).hasSize(1);
        assertThat(cloud.item("lines/i").path("state").path("S").asString()).isEqualTo("done");
    }

    @Test
    void whatS3DoesNotTellOfForNowIsTriedAgain() {
        cloud.conceal("ExpiredToken");
        ReadReport report = cloud.report("lines/j", Content.of(lines(1)));
        cloud.refuse(Optional.empty());

        assertThat(report.unread()).hasSize(1);
    }

    private static ReadReport refuse(String code) {
        cloud.refuse(Optional.of(code));
        try {
            return cloud.report("lines/g", Content.of(lines(1)));
        } finally {
            cloud.refuse(Optional.empty());
        }
    }

    private static Read read(String key, byte[] object) {
        return cloud.read(key, Content.of(object));
    }

    private static void refused(Read read) {
        assertThat(read.outcome().state()).isEqualTo(ObjectState.FAILED);
        assertThat(read.outcome().reason()).isEqualTo("one-piece");
        assertThat(read.rows()).isZero();
    }

    private static void done(Read read) {
        assertThat(read.outcome().state()).isEqualTo(ObjectState.DONE);
        assertThat(read.rows()).isPositive();
    }

    /** At least so many bytes, which hardly can be compressed. */
    private static byte[] lines(int bytes) {
        var random = new Random(1);
        byte[] text = new byte[750];
        return IntStream.rangeClosed(0, bytes * 4 / 3 / 1000)
                .mapToObj(i -> {
                    random.nextBytes(text);
                    return "{\"id\":%d,\"text\":\"%s\"}\n"
                            .formatted(i, Base64.getEncoder().encodeToString(text));
                })
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
