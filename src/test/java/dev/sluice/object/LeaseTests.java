package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.MovingClock;
import dev.sluice.format.Place;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a lease lets something begin; {@link LeaseIT} tells what two readers make of it. */
class LeaseTests {

    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration LENGTH = Duration.ofSeconds(90);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final LedgerEntry ENTRY = LedgerEntry.fresh(new ObjectNotice("files", "a"), "feed", BEGIN);

    @SuppressWarnings("NullAway.Init")
    private static ReadingCloud cloud;

    private final MovingClock clock = new MovingClock(BEGIN);

    @SuppressWarnings("NullAway.Init")
    private Lease lease;

    @BeforeAll
    static void start() throws IOException {
        cloud = new ReadingCloud(List.of());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void take() {
        lease = take(CALL_TIMEOUT);
    }

    private Lease take(Duration callTimeout) {
        return cloud.with(Ledger.class, ledger -> {
            var taken = new Lease(ledger, ENTRY.id(), LENGTH, callTimeout, clock);
            assertThat(ledger.claim(ENTRY, taken)).isInstanceOf(Ledger.Claim.Taken.class);
            return taken;
        });
    }

    private void keep() {
        cloud.with(Ledger.class, _ -> {
            lease.keep();
            return lease;
        });
    }

    @Test
    void itIsRenewedOnceAThirdOfItIsGone() {
        clock.pass(30_000);
        keep();
        assertThat(lease.until()).isEqualTo(BEGIN.plusSeconds(90));

        clock.pass(1);
        keep();
        assertThat(lease.until()).isEqualTo(BEGIN.plusSeconds(120).plusMillis(1));
        assertThat(kept()).isEqualTo(lease.until());
    }

    @Test
    void itIsNotRenewedOnceItIsOver() {
        clock.pass(90_001);

        assertThatExceptionOfType(Lease.LostException.class).isThrownBy(this::keep);
        assertThat(lease.until()).isEqualTo(BEGIN.plusSeconds(90));
        assertThat(kept()).isEqualTo(BEGIN.plusSeconds(90));
    }

    @Test
    void itIsLostOnceAnotherReaderHasIt() {
        clock.pass(121_000);
        take(CALL_TIMEOUT);
        clock.set(BEGIN.plusSeconds(31));

        assertThatExceptionOfType(Lease.LostException.class).isThrownBy(this::keep);
    }

    /** With a third of it gone it is renewed, so only a longer call shows this; or a pause while it is renewed. */
    @Test
    void nothingIsBegunThatCouldOutlastIt() {
        lease = take(Duration.ofSeconds(70));
        clock.pass(20_000);
        assertThatCode(this::keep).doesNotThrowAnyException();

        clock.pass(1);
        assertThatExceptionOfType(Lease.LostException.class).isThrownBy(this::keep);
    }

    @Test
    void itIsTakenOverOnceItHasBeenOverForACallsTime() {
        assertThat(lease.takenOverBefore()).isEqualTo(BEGIN.minusSeconds(30));
        assertThat(lease.takeoverAfter(lease.until())).isEqualTo(BEGIN.plusSeconds(120));
    }

    @Test
    void aReaderThatLostItRemovesNoMoreRejects() {
        cloud.with(Rejects.class, rejects -> {
            RejectWriter writer = rejects.writer(ENTRY, Optional.empty(), () -> {});
            for (int offset = 0; offset < 3; offset++) {
                reject(writer, offset);
            }
            assertThat(cloud.rejectFiles()).hasSize(3);
            var asked = new AtomicInteger();
            // First for the list, then for each file.
            RejectWriter late = rejects.writer(ENTRY, Optional.empty(), () -> {
                if (asked.incrementAndGet() == 3) {
                    throw new Lease.LostException("is over");
                }
            });

            assertThatExceptionOfType(Lease.LostException.class).isThrownBy(() -> late.begin(0, Long.MAX_VALUE));

            assertThat(cloud.rejectFiles()).extracting(RejectWriter::offset).containsExactly(1L, 2L);
            writer.begin(0, Long.MAX_VALUE);
            assertThat(cloud.rejectFiles()).isEmpty();
            return asked;
        });
    }

    /** Into a file of its own. */
    private static void reject(RejectWriter writer, int offset) {
        writer.add(
                new Place(offset, 1),
                new RejectedException(RejectReason.JSON, "", "No JSON."),
                "x".getBytes(StandardCharsets.US_ASCII),
                1,
                StandardCharsets.UTF_8,
                Optional.empty());
        writer.flush();
    }

    private static Instant kept() {
        return Instant.ofEpochMilli(cloud.item("a").path("leaseUntil").path("N").asLong());
    }
}
