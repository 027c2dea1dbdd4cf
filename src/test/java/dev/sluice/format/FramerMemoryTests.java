package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One record of 1 GB, for every way to find a record's end: nothing in the framer grows with its size. */
class FramerMemoryTests {

    private static final int LIMIT = 1 << 20;
    private static final long SIZE = 1L << 30;

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("a line", new LineEnd(), ""),
                Arguments.of("a field", new CsvEnd(new Csv(',')), ""),
                Arguments.of("a quoted field", new CsvEnd(new Csv(',')), "\""),
                Arguments.of("an array's text", new ArrayEnd(), "[\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void whatHasNoEndIsNotHeld(String what, RecordEnd end, String begin) throws Exception {
        var framer = new Framer(
                new Endless(begin.getBytes(StandardCharsets.US_ASCII)),
                end,
                StandardCharsets.UTF_8,
                new RecordLimits(LIMIT, Long.MAX_VALUE));
        long read = 0;
        while (framer.next()) {
            read += framer.size();
            assertThat(framer.raw().length).as(what).isLessThanOrEqualTo(4096);
        }
        assertThat(read).isEqualTo(SIZE);
        assertThat(framer.bytes().length).isLessThanOrEqualTo(2 * LIMIT);
    }

    private static final class Endless extends InputStream {

        private final byte[] begin;
        private long given;

        Endless(byte[] begin) {
            this.begin = begin;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (given < begin.length) {
                System.arraycopy(begin, 0, target, offset, begin.length);
                given = begin.length;
                return begin.length;
            }
            int next = (int) Math.min(length, SIZE - given);
            Arrays.fill(target, offset, offset + next, (byte) 'x');
            given += next;
            return next == 0 ? -1 : next;
        }
    }
}
