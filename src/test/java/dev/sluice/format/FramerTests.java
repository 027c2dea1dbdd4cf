package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FramerTests {

    private static final int BUFFER = 64 * 1024;
    private static final int LARGE = 1 << 20;
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final Csv COMMENTED =
            new Csv(',', Optional.empty(), Optional.of('#'), Optional.empty(), List.of(), StandardCharsets.UTF_8);

    record Slice(long offset, long line, String text, long size) {}

    @Property
    void slicesLaidEndToEndAreTheStream(
            @ForAll("texts") String text,
            @ForAll boolean bom,
            @ForAll("ends") Supplier<RecordEnd> end,
            @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws Exception {
        byte[] stream = (bom ? "\uFEFF" + text : text).getBytes(StandardCharsets.UTF_8);
        var framer = new Framer(
                in(stream, chunk), end.get(), StandardCharsets.UTF_8, new RecordLimits(LARGE, Long.MAX_VALUE));
        long at = bom ? BOM.length : 0;
        while (framer.next()) {
            assertThat(framer.place().offset()).isEqualTo(at);
            assertThat(framer.size()).isPositive();
            byte[] slice = Arrays.copyOfRange(framer.bytes(), framer.start(), framer.start() + (int) framer.size());
            assertThat(slice).isEqualTo(Arrays.copyOfRange(stream, (int) at, (int) (at + framer.size())));
            at += framer.size();
        }
        assertThat(at).isEqualTo(stream.length);
    }

    @Property
    void howTheStreamArrivesChangesNothing(
            @ForAll("texts") String text,
            @ForAll("ends") Supplier<RecordEnd> end,
            @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws Exception {
        byte[] stream = text.getBytes(StandardCharsets.UTF_8);
        assertThat(slices(in(stream, chunk), end.get(), LARGE)).isEqualTo(slices(in(stream, LARGE), end.get(), LARGE));
    }

    @Test
    void everyLineEndOfCsvEndsARecord() throws Exception {
        assertThat(csv("a\nb\r\nc\rd"))
                .containsExactly(
                        new Slice(0, 1, "a", 2),
                        new Slice(2, 2, "b", 3),
                        new Slice(5, 3, "c", 2),
                        new Slice(7, 4, "d", 1));
    }

    @Test
    void aLoneReturnIsNoLineEndOfLines() throws Exception {
        assertThat(slices(in(bytes("a\rb\r\nc\n"), LARGE), new LineEnd(), LARGE))
                .containsExactly(new Slice(0, 1, "a\rb", 5), new Slice(5, 2, "c", 2));
    }

    @Test
    void lineBreaksInsideQuotesBelongToTheRecord() throws Exception {
        assertThat(csv("\"a\nb\r\nc\rd\",e\nf\n"))
                .containsExactly(new Slice(0, 1, "\"a\nb\r\nc\rd\",e", 13), new Slice(13, 5, "f", 2));
    }

    @Test
    void doubledQuotesStayInside() throws Exception {
        assertThat(csv("\"a\"\"\n\",b\nc"))
                .containsExactly(new Slice(0, 1, "\"a\"\"\n\",b", 9), new Slice(9, 3, "c", 1));
    }

    @Test
    void aQuoteInMidFieldIsACharacter() throws Exception {
        assertThat(csv("5\" pipe,x\ny")).containsExactly(new Slice(0, 1, "5\" pipe,x", 10), new Slice(10, 2, "y", 1));
    }

    @Test
    void blankLinesAreSlicesToo() throws Exception {
        assertThat(csv("\n\r\n\ra"))
                .containsExactly(
                        new Slice(0, 1, "", 1),
                        new Slice(1, 2, "", 2),
                        new Slice(3, 3, "", 1),
                        new Slice(4, 4, "a", 1));
    }

    @Test
    void anEmptyStreamAndALoneByteOrderMarkHoldNothing() throws Exception {
        assertThat(csv("")).isEmpty();
        assertThat(csv("\uFEFF")).isEmpty();
        assertThat(csv("\uFEFFa")).containsExactly(new Slice(3, 1, "a", 1));
    }

    @Test
    void returnAndNewlineAroundTheBuffersBorderAreOneLineEnd() throws Exception {
        String first = "a".repeat(BUFFER - 1);
        assertThat(csv(first + "\r\nb"))
                .containsExactly(new Slice(0, 1, first, BUFFER + 1), new Slice(BUFFER + 1, 2, "b", 1));
    }

    @Test
    void aLoneReturnAtTheBuffersBorderEndsTheRecord() throws Exception {
        String first = "a".repeat(BUFFER - 1);
        assertThat(csv(first + "\rb")).containsExactly(new Slice(0, 1, first, BUFFER), new Slice(BUFFER, 2, "b", 1));
    }

    @Test
    void aRecordOverTheLimitIsPassedOverWithoutBeingHeld() throws Exception {
        int limit = 8 * 1024;
        int size = 40 * BUFFER;
        String before = "before\n";
        String large = "\"" + "x\r\n".repeat(size / 3) + "\"\r";
        var framer = new Framer(
                in(bytes(before + large + "after"), 10_000),
                new CsvEnd(new Csv(',')),
                StandardCharsets.UTF_8,
                new RecordLimits(limit, Long.MAX_VALUE));

        assertThat(framer.next()).isTrue();
        assertThat(framer.next()).isTrue();
        assertThat(framer.tooLong()).isTrue();
        assertThat(framer.size()).isEqualTo(large.length());
        assertThat(framer.length()).isLessThanOrEqualTo(limit);
        assertThat(text(framer)).isEqualTo(large.substring(0, framer.length()));

        assertThat(framer.next()).isTrue();
        assertThat(framer.tooLong()).isFalse();
        assertThat(text(framer)).isEqualTo("after");
        assertThat(framer.place()).isEqualTo(new Place(before.length() + large.length(), 3 + size / 3));
        assertThat(framer.bytes()).hasSize(BUFFER);
        assertThat(framer.next()).isFalse();
    }

    @Test
    void theLimitItselfIsAllowed() throws Exception {
        var framer = new Framer(
                in(bytes("a".repeat(4095) + "\n" + "b".repeat(4096) + "\n"), LARGE),
                new LineEnd(),
                StandardCharsets.UTF_8,
                new RecordLimits(4096, Long.MAX_VALUE));
        assertThat(framer.next()).isTrue();
        assertThat(framer.tooLong()).isFalse();
        assertThat(framer.next()).isTrue();
        assertThat(framer.tooLong()).isTrue();
        assertThat(framer.next()).isFalse();
    }

    @Test
    void whatIsTooLongToBeWaitedForIsToldFromWhatIsOnlyRejected() throws Exception {
        long most = 10 * BUFFER;
        String first = "x".repeat(BUFFER) + "\n";
        String longest = first + "y".repeat(9 * BUFFER) + "\nz";

        assertThat(records(longest, most)).isEqualTo(3);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> records(first + "y".repeat(12 * BUFFER) + "\nz", most))
                .withMessageStartingWith("From byte %d on no record ends".formatted(first.length()))
                .extracting(FormatException::code)
                .isEqualTo("endless-record");
    }

    /** Where nothing comes but what is no record, nobody would be asked whether to go on. */
    @Test
    void blankLinesWithoutEndAreTooLongTogether() throws Exception {
        assertThat(records("a\n" + "\n".repeat(5 * BUFFER) + "b\n" + "\n".repeat(5 * BUFFER) + "c", 8 * BUFFER))
                .isEqualTo(3);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> records("a\n" + "\n".repeat(12 * BUFFER) + "b\n", 8 * BUFFER))
                .withMessageStartingWith("From byte 2 on no record ends");
    }

    private static int records(String text, long most) throws Exception {
        Records records = new Lines().open(in(bytes(text), LARGE), List.of(), new RecordLimits(4096, most));
        int count = 0;
        while (records.next()) {
            count++;
        }
        return count;
    }

    @Provide
    Arbitrary<Supplier<RecordEnd>> ends() {
        return Arbitraries.of(LineEnd::new, () -> new CsvEnd(new Csv(',')), () -> new CsvEnd(COMMENTED), ArrayEnd::new);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', ',', '"', '\r', '\n', 'é', '#', '[', ']', '{', '}', '\\')
                .ofMaxLength(60);
    }

    private static List<Slice> csv(String text) throws Exception {
        return slices(in(bytes(text), LARGE), new CsvEnd(new Csv(',')), LARGE);
    }

    private static List<Slice> slices(InputStream in, RecordEnd end, int limit) throws Exception {
        var framer = new Framer(in, end, StandardCharsets.UTF_8, new RecordLimits(limit, Long.MAX_VALUE));
        var slices = new ArrayList<Slice>();
        while (framer.next()) {
            slices.add(new Slice(framer.place().offset(), framer.place().line(), text(framer), framer.size()));
        }
        return slices;
    }

    private static String text(Framer framer) {
        return new String(framer.bytes(), framer.start(), framer.length(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hands over a few bytes at a time, as a network does. */
    private static InputStream in(byte[] bytes, int chunk) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, chunk));
            }
        };
    }
}
