package dev.sluice.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.object.ReadingCloud.Content;
import dev.sluice.object.ReadingCloud.Read;
import dev.sluice.row.Row;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A transform is somebody else's code, and can throw what nobody declares. */
class TransformsTests {

    private static final AtomicReference<Throwable> THROWN = new AtomicReference<>(new IllegalStateException());

    @SuppressWarnings("NullAway.Init")
    private static ReadingCloud cloud;

    /** Throws at the second record. */
    @Configuration(proxyBeanMethods = false)
    static class Transform {

        @Bean
        Function<Row, Optional<Row>> throwing() {
            return row ->
                    row.source().line() == 2 ? TransformsTests.<RuntimeException>sneak(THROWN.get()) : Optional.of(row);
        }
    }

    /** Kotlin's is an Error too. */
    private static final class NotImplementedError extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    static void start() throws IOException {
        cloud = new ReadingCloud(
                List.of(Transform.class),
                "--sluice.feeds[0].name=lines",
                "--sluice.feeds[0].match.key=*",
                "--sluice.feeds[0].format=lines",
                "--sluice.feeds[0].transform=throwing");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    static List<Throwable> whatCostsARecord() {
        return List.of(
                new IllegalStateException(),
                new IOException(),
                new EOFException(),
                new ZipException(),
                new RejectedException(RejectReason.DUPLICATE_COLUMN, "a", "As if our own code had said so."),
                new AssertionError(),
                new NotImplementedError(),
                new NoClassDefFoundError(),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("whatCostsARecord")
    void whateverATransformThrowsCostsItsRecordOnly(Throwable thrown) {
        Read read = read(thrown);

        assertThat(read.outcome().state()).isEqualTo(ObjectState.DONE);
        assertThat(read.rows()).isEqualTo(2);
        assertThat(read.rejects())
                .singleElement()
                .satisfies(
                        reject -> assertThat(reject.path("reason").asString()).isEqualTo("transform-failed"))
                .satisfies(reject -> assertThat(reject.path("message").asString())
                        .isEqualTo(
                                "The transform 'throwing' threw %s.",
                                thrown.getClass().getName()));
    }

    static List<Error> whatNoProcessSurvives() {
        return List.of(new OutOfMemoryError(), new InternalError());
    }

    @ParameterizedTest
    @MethodSource("whatNoProcessSurvives")
    void whatNoProcessSurvivesIsNoReject(Error thrown) {
        assertThatExceptionOfType(VirtualMachineError.class)
                .isThrownBy(() -> read(thrown))
                .isSameAs(thrown);
    }

    private static Read read(Throwable thrown) {
        THROWN.set(thrown);
        return cloud.read("a", Content.of("1\n2\n3\n".getBytes(UTF_8)));
    }

    /** Throws it undeclared, as Kotlin does and Lombok's SneakyThrows. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Optional<Row> sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
