package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "a,b\n1,2\n", "\u001f"})
    void aPlainFileIsReadAsItIs(String text) throws IOException {
        assertThat(Compression.open(new Network(bytes(text), 1)).readAllBytes()).isEqualTo(bytes(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000})
    void gzipIsRead(int chunk) throws IOException {
        assertThat(Compression.open(new Network(gzip("a,b\n1,2\n"), chunk)).readAllBytes())
                .isEqualTo(bytes("a,b\n1,2\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 22, 64, 10_000})
    void everyMemberIsReadThoughNothingIsAvailable(int chunk) throws IOException {
        byte[] members = concat(gzip("one\n"), gzip(""), gzip("two\n".repeat(1000)), gzip("three"));
        assertThat(Compression.open(new Network(members, chunk)).readAllBytes())
                .isEqualTo(bytes("one\n" + "two\n".repeat(1000) + "three"));
    }

    @Test
    void wherePacketsEndWithMembersEveryMemberIsRead() throws IOException {
        byte[] member = gzip("one\n");
        assertThat(Compression.open(new Network(concat(member, member, member), member.length))
                        .readAllBytes())
                .isEqualTo(bytes("one\n".repeat(3)));
    }

    @Test
    void whatIsCutOffIsNotTakenForWhole() throws IOException {
        byte[] whole = gzip("one,two,three\n".repeat(50));
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(catchThrowable(
                            () -> Compression.open(new Network(cut, 16)).readAllBytes()))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOfAny(EOFException.class, ZipException.class);
        }
    }

    @Test
    void aLaterMemberThatIsCutOffOrNoMemberIsNotTakenForTheEnd() throws IOException {
        byte[] member = gzip("one,two\n");
        for (int length = 1; length < member.length; length++) {
            byte[] cut = concat(member, Arrays.copyOf(member, length));
            assertThat(catchThrowable(
                            () -> Compression.open(new Network(cut, 16)).readAllBytes()))
                    .as("%d of %d bytes", length, member.length)
                    .isInstanceOf(EOFException.class);
        }
        assertThat(catchThrowable(() -> Compression.open(new Network(concat(member, bytes("rows")), 16))
                        .readAllBytes()))
                .isInstanceOf(ZipException.class);
    }

    /** RFC 1952, 2.3: extra field, name, comment and the header's checksum. */
    @Test
    void aHeaderMayHoldMore() throws IOException {
        byte[] member = gzip("one,two\n");
        byte[] header = Arrays.copyOf(member, 10);
        header[3] = 2 | 4 | 8 | 16;
        byte[] more = {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2};
        byte[] full = concat(header, more, Arrays.copyOfRange(member, 10, member.length));

        assertThat(Compression.open(new Network(concat(full, member), 5)).readAllBytes())
                .isEqualTo(bytes("one,two\n".repeat(2)));
    }

    @Test
    void damagedBytesAreNotTakenForRows() throws IOException {
        byte[] damaged = gzip("one,two,three\n".repeat(50));
        damaged[damaged.length - 6] ^= 1;
        assertThat(catchThrowable(
                        () -> Compression.open(new Network(damaged, 16)).readAllBytes()))
                .isInstanceOf(ZipException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 22, 64, 10_000})
    void everyZstdFrameIsReadAndSkippableOnesHoldNothing(int chunk) throws IOException {
        byte[] frames = concat(SKIPPABLE, zstd("one\n"), zstd(""), SKIPPABLE, zstd("two\n".repeat(1000)), SKIPPABLE);
        assertThat(Compression.open(new Network(frames, chunk)).readAllBytes())
                .isEqualTo(bytes("one\n" + "two\n".repeat(1000)));
    }

    @Test
    void zstdThatIsCutOffDamagedOrFollowedBySomethingIsNotTakenForWhole() throws IOException {
        byte[] frame = zstd("one,two,three\n".repeat(50));
        for (int length = 4; length < frame.length; length++) {
            assertDamaged(Arrays.copyOf(frame, length));
        }
        for (int length = 1; length < frame.length; length++) {
            assertDamaged(concat(frame, Arrays.copyOf(frame, length)));
        }
        for (int length = 4; length < SKIPPABLE.length; length++) {
            assertDamaged(Arrays.copyOf(SKIPPABLE, length));
        }
        assertDamaged(concat(frame, bytes("rows")));
        byte[] damaged = frame.clone();
        damaged[damaged.length - 1] ^= 1;
        assertDamaged(damaged);
    }

    /** RFC 8878, 3.1.2: four bytes of magic, four of size, then as many that mean nothing. */
    private static final byte[] SKIPPABLE = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'x', 'y', 'z'};

    private static void assertDamaged(byte[] compressed) {
        assertThat(catchThrowable(
                        () -> Compression.open(new Network(compressed, 16)).readAllBytes()))
                .as("%d bytes", compressed.length)
                .isInstanceOfAny(EOFException.class, ZipException.class);
    }

    static byte[] zstd(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStream(bytes)) {
            zstd.setChecksum(true);
            zstd.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hands over a few bytes at a time and, like a socket that has to wait, never says that there are more. */
    private static final class Network extends FilterInputStream {

        private final int chunk;

        Network(byte[] bytes, int chunk) {
            super(new ByteArrayInputStream(bytes));
            this.chunk = chunk;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, chunk));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
