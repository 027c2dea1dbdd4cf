package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ObjectBodyTests {

    private final List<Long> opened = new ArrayList<>();
    private int refusals;

    @Property
    void whateverBreaksEveryByteIsReadOnce(@ForAll long seed, @ForAll @IntRange(max = 2_000) int length)
            throws IOException {
        var random = new Random(seed);
        byte[] object = new byte[length];
        random.nextBytes(object);
        int from = random.nextInt(length + 1);
        int to = random.nextInt(from, length + 1);
        var body = new ObjectBody(at -> open(object, (int) at, random), from, to, () -> {});

        assertThat(body.readAllBytes()).isEqualTo(Arrays.copyOfRange(object, from, to));
        assertThat(body.read()).isEqualTo(-1);
    }

    /** Not more often in a row than is put up with. */
    private InputStream open(byte[] object, int at, Random random) throws IOException {
        if (refusals < 4 && random.nextBoolean()) {
            refusals++;
            if (random.nextBoolean()) {
                throw new IOException("refused");
            }
            throw SdkClientException.create("timeout");
        }
        refusals = 0;
        return new Breaking(object, at, random);
    }

    /** Gives some bytes at least, then breaks or ends too early. */
    private static final class Breaking extends InputStream {

        private final InputStream in;
        private final Random random;
        private boolean given;

        Breaking(byte[] object, int from, Random random) {
            this.in = new ByteArrayInputStream(object, from, object.length - from);
            this.random = random;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (given && random.nextInt(3) == 0) {
                if (random.nextBoolean()) {
                    return -1;
                }
                throw new IOException("broken");
            }
            given = true;
            return in.read(bytes, offset, Math.min(length, 1 + random.nextInt(100)));
        }
    }

    @Test
    void whatIsRefusedIsNotAskedForAgain() {
        var body = new ObjectBody(
                at -> {
                    opened.add(at);
                    throw S3Exception.builder().statusCode(412).build();
                },
                7,
                9,
                () -> {});

        assertThatExceptionOfType(ObjectBody.BrokenException.class).isThrownBy(body::readAllBytes);
        assertThat(opened).containsExactly(7L);
    }

    @Test
    void afterFiveBreaksWithoutAByteItIsGivenUp() {
        var body = new ObjectBody(
                at -> {
                    opened.add(at);
                    throw S3Exception.builder().statusCode(503).build();
                },
                0,
                1,
                () -> {});

        assertThatExceptionOfType(ObjectBody.BrokenException.class).isThrownBy(body::readAllBytes);
        assertThat(opened).hasSize(6);
    }
}
