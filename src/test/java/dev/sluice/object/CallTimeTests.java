package dev.sluice.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.sluice.MovingClock;
import dev.sluice.invocation.Invocation;
import dev.sluice.object.ObjectStandIn.Get;
import dev.sluice.object.ReadingCloud.Content;
import dev.sluice.row.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** What a reader does in its call's time, with a lease of 90 seconds. Time passes only where a test says so. */
class CallTimeTests {

    private static final MovingClock CLOCK = new MovingClock(Instant.EPOCH);
    private static final int LINE = 993;

    /** How long each record takes. */
    private static volatile Duration perRecord = Duration.ZERO;

    @SuppressWarnings("NullAway.Init")
    private static ReadingCloud cloud;

    private Instant begin = CLOCK.instant();

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Clock clock() {
            return CLOCK;
        }

        @Bean
        Function<Row, Optional<Row>> slow() {
            return row -> {
                CLOCK.pass(perRecord.toMillis());
                return Optional.of(row);
            };
        }

        /** Drops all but what says that it is to be kept. */
        @Bean
        Function<Row, Optional<Row>> slowlyDropping() {
            return row -> {
                CLOCK.pass(perRecord.toMillis());
                return Optional.of(row).filter(one -> one.data().containsKey("keep"));
            };
        }
    }

    @BeforeAll
    static void start() throws IOException {
        cloud = new ReadingCloud(
                List.of(Beans.class),
                Stream.concat(
                                Stream.of("--sluice.reading.largest-piece=1MB"),
                                Stream.of(
                                                "[0].name=lines",
                                                "[0].match.key=lines/*",
                                                "[0].format=ndjson",
                                                "[0].key=id",
                                                "[0].transform=slow",
                                                "[1].name=array",
                                                "[1].match.key=array/*",
                                                "[1].format=json",
                                                "[1].key=id",
                                                "[1].transform=slow",
                                                "[2].name=dropped",
                                                "[2].match.key=dropped/*",
                                                "[2].format=ndjson",
                                                "[2].key=id",
                                                "[2].transform=slowlyDropping",
                                                "[3].name=quoted",
                                                "[3].match.key=quoted/*",
                                                "[3].format=csv",
                                                "[3].key=id",
                                                "[3].mode=snapshot")
                                        .map("--sluice.feeds"::concat))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void begin() {
        CLOCK.set(Instant.now());
        begin = CLOCK.instant();
        perRecord = Duration.ofSeconds(1);
        cloud.object().onGet(() -> {});
        cloud.object().breakAfter(0, 0, () -> {});
    }

    @Test
    void aShortCallLeavesItsCheckpointAndAMessageForTheRest() throws Exception {
        ReadReport report = inCall(60, () -> cloud.report("lines/a", Content.of(lines(100))));

        assertThat(report.objects())
                .singleElement()
                .extracting(ObjectOutcome::state)
                .isEqualTo(ObjectState.READING);
        assertThat(passed()).hasSeconds(40);
        assertThat(text("lines/a", "state")).isEqualTo("reading");
        assertThat(number("lines/a", "records")).isEqualTo(40);
        cloud.object().gets();
        assertThat(inCall(600, cloud::readNext)).isTrue();
        assertThat(text("lines/a", "state")).isEqualTo("done");
        assertThat(number("lines/a", "rows")).isEqualTo(100);
        assertThat(cloud.object().gets()).extracting(Get::range).containsExactly(from(0), from(40 * LINE));
        assertThat(cloud.readNext()).as("another message").isFalse();
    }

    @Test
    void allObjectsOfACallLeaveTheirRestWhenItIsTime() throws Exception {
        ReadReport report = inCall(60, () -> {
            cloud.report("lines/first", Content.of(lines(100)));
            CLOCK.set(begin);
            return cloud.report("lines/a", "lines/b", "lines/c");
        });

        assertThat(report.objects()).extracting(ObjectOutcome::state).containsOnly(ObjectState.READING);
        // Of each of the others one record, so that it comes to an end some day.
        assertThat(passed()).hasSeconds(40 + 2);
    }

    /** Whoever went on behind it would find the object's end, and take it for read. */
    @Test
    void aQuoteThatIsNeverClosedIsSeenInTheCallThatItIsReadIn() throws Exception {
        cloud.object().onGet(() -> CLOCK.pass(45_000));

        inCall(60, () -> cloud.report("quoted/a", Content.of("id,text\n\"1,a\n2,b\n".getBytes(UTF_8))));

        assertThat(text("quoted/a", "state")).isEqualTo("failed");
        assertThat(text("quoted/a", "reason")).isEqualTo("open-quote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1}\n", ""})
    void aRecordThatMayHaveNoEndFails(String before) throws Exception {
        byte[] object = (before + "x".repeat(3 << 20) + "\n{\"id\":2}\n").getBytes(UTF_8);

        inCall(60, () -> cloud.report("lines/a", Content.of(object)));

        assertThat(text("lines/a", "state")).isEqualTo("failed");
        assertThat(text("lines/a", "reason")).isEqualTo("endless-record");
        assertThat(number("lines/a", "rows")).isEqualTo(before.isEmpty() ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("packers")
    void aPackedObjectIsGoneOnWithAtTheBorderBefore(UnaryOperator<byte[]> packer) throws Exception {
        List<byte[]> parts = IntStream.range(0, 5)
                .mapToObj(i -> packer.apply(lines(i * 100, 100)))
                .toList();
        inCall(270, () -> cloud.report("lines/a", Content.of(join(parts))));
        assertThat(number("lines/a", "records")).isEqualTo(250);
        cloud.object().gets();

        assertThat(inCall(600, cloud::readNext)).isTrue();

        assertThat(cloud.object().gets())
                .extracting(Get::range)
                .containsExactly(from(0), from(parts.get(0).length + parts.get(1).length));
        assertThat(text("lines/a", "state")).isEqualTo("done");
        assertThat(number("lines/a", "rows")).isEqualTo(500);
    }

    static Stream<Arguments> packers() {
        return Stream.<UnaryOperator<byte[]>>of(CallTimeTests::gzip, Zstd::compress)
                .map(Arguments::of);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines/a.gz", "array/a.json"})
    void skippingLongerThanTheLeaseKeepsIt(String key) throws Exception {
        readMostOf(key);
        cloud.object().onGet(() -> CLOCK.pass(50_000));

        assertThat(inCall(2_000, cloud::readNext)).isTrue();

        assertThat(passed()).isGreaterThan(Duration.ofSeconds(200));
        assertThat(text(key, "state")).isEqualTo("done");
        assertThat(number(key, "rows")).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines/a.gz", "array/a.json"})
    void skippingThatTakesAWholeCallFails(String key) throws Exception {
        readMostOf(key);
        cloud.object().onGet(() -> CLOCK.pass(50_000));

        assertThat(inCall(220, cloud::readNext)).isTrue();

        assertThat(passed()).isLessThan(Duration.ofSeconds(220));
        assertThat(text(key, "state")).isEqualTo("failed");
        assertThat(text(key, "reason")).isEqualTo("one-piece");
        assertThat(number(key, "rows")).isEqualTo(750);
        assertThat(cloud.readNext()).as("a message").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines/a.gz", "array/a.json"})
    void skippingEndsWithItsCall(String key) throws Exception {
        readMostOf(key);
        JsonNode checkpoint = cloud.item(key).path("checkpoint");
        cloud.object().onGet(() -> CLOCK.pass(50_000));

        ReadReport report = inCall(220, () -> cloud.report("dropped/first", key));

        assertThat(report.unread()).extracting(ObjectNotice::key).containsExactly(key);
        assertThat(text(key, "state")).isEqualTo("reading");
        assertThat(cloud.item(key).path("checkpoint")).isEqualTo(checkpoint);
        assertThat(cloud.item(key).has("leaseUntil")).isFalse();
        assertThat(cloud.readNext())
                .as("a message, which would be one without end")
                .isFalse();
    }

    /** All but a quarter; from now on S3 breaks off after each 100 KB, and takes as long as the test says to go on. */
    private void readMostOf(String key) throws Exception {
        byte[] lines = lines(1_000);
        byte[] object = key.startsWith("lines/") ? gzip(lines) : array(lines);
        inCall(770, () -> cloud.report(key, Content.of(object)));
        assertThat(number(key, "records")).isEqualTo(750);
        perRecord = Duration.ZERO;
        begin = CLOCK.instant();
        cloud.object().breakAfter(100, 100_000, () -> {});
    }

    @Test
    void recordsThatAreDroppedForLongerThanTheLeaseKeepIt() throws Exception {
        perRecord = Duration.ofSeconds(10);
        byte[] object = join(List.of(lines(20), "{\"id\":0,\"keep\":1}\n".getBytes(UTF_8)));

        ReadReport report = inCall(600, () -> cloud.report("dropped/a", Content.of(object)));

        assertThat(report.unread()).isEmpty();
        assertThat(number("dropped/a", "dropped")).isEqualTo(20);
        assertThat(number("dropped/a", "rows")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("packers")
    void aMemberThatNoCallCouldSkipIsRefusedAlsoBehindASmallOne(UnaryOperator<byte[]> packer) throws Exception {
        byte[] small = packer.apply(lines(100));
        byte[] large = packer.apply(lines(100, 2_000));

        inCall(100_000, () -> cloud.report("lines/a", Content.of(join(List.of(small, large)))));

        assertThat(text("lines/a", "state")).isEqualTo("failed");
        assertThat(text("lines/a", "reason")).isEqualTo("one-piece");
        assertThat(number("lines/a", "records")).isBetween(1_000L, 1_700L);
        assertThat(number("lines/a", "rows")).isEqualTo(number("lines/a", "records"));
    }

    @ParameterizedTest
    @MethodSource("packers")
    void aLargeObjectOfMembersThatCallsCanSkipIsRead(UnaryOperator<byte[]> packer) throws Exception {
        List<byte[]> parts = IntStream.range(0, 3)
                .mapToObj(i -> packer.apply(lines(i * 1_000, 1_000)))
                .toList();

        inCall(100_000, () -> cloud.report("lines/a", Content.of(join(parts))));

        assertThat(text("lines/a", "state")).isEqualTo("done");
        assertThat(number("lines/a", "rows")).isEqualTo(3_000);
    }

    private static <T> T inCall(int seconds, Callable<T> work) throws Exception {
        return new Invocation("call", CLOCK.instant().plusSeconds(seconds)).call(work);
    }

    private Duration passed() {
        return Duration.between(begin, CLOCK.instant());
    }

    private static Optional<String> from(int offset) {
        return offset == 0 ? Optional.empty() : Optional.of("bytes=" + offset + "-");
    }

    private static String text(String key, String attribute) {
        return cloud.item(key).path(attribute).path("S").asString();
    }

    private static long number(String key, String attribute) {
        return cloud.item(key).path(attribute).path("N").asLong();
    }

    private static byte[] lines(int many) {
        return lines(0, many);
    }

    /** Each of the same length, and of little that can be compressed. */
    private static byte[] lines(int first, int many) {
        var random = new Random(first);
        byte[] text = new byte[726];
        return IntStream.range(first, first + many)
                .mapToObj(i -> {
                    random.nextBytes(text);
                    return "{\"id\":1%06d,\"text\":\"%s\"}"
                                    .formatted(i, Base64.getEncoder().encodeToString(text))
                            + "\n";
                })
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private static byte[] array(byte[] lines) {
        return ("[" + new String(lines, UTF_8).strip().replace('\n', ',') + "]").getBytes(UTF_8);
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

    private static byte[] join(List<byte[]> parts) {
        var all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
