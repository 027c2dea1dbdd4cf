package dev.sluice.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.lane.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was answered late is not over yet. */
class SettledPutsTests {

    private static final Set<RowKey> UNWRITTEN = Set.of(new RowKey("f", "k"));
    private static final Duration ATTEMPT = Duration.ofMillis(10);

    @Test
    void aRequestOfOneAttemptIsOverOnceItIsAnswered() {
        var puts =
                new SettledPuts(puts(Duration.ZERO), Duration.ofMinutes(1), Duration.ofHours(1), until(Duration.ZERO));

        assertThat(puts.send(List.of())).isEqualTo(UNWRITTEN);
    }

    @Test
    void oneOfSeveralIsOverWithTheCallTimeout() {
        var call = Duration.ofMillis(60);
        var puts = new SettledPuts(puts(ATTEMPT), ATTEMPT, call, until(Duration.ofMinutes(1)));
        Instant begun = Instant.now();

        assertThat(puts.send(List.of())).isEqualTo(UNWRITTEN);
        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(call);
    }

    @Test
    void whoCannotWaitForThatFails() {
        var puts = new SettledPuts(puts(ATTEMPT), ATTEMPT, Duration.ofHours(1), until(Duration.ofMinutes(1)));

        assertThatExceptionOfType(RowWriteException.class).isThrownBy(() -> puts.send(List.of()));
    }

    private static Backoff until(Duration left) {
        return new Backoff(ATTEMPT, ATTEMPT, Instant.now().plus(left));
    }

    /** Answers after so long. */
    private static RowPuts puts(Duration after) {
        return new RowPuts() {
            @Override
            public int most() {
                return 1;
            }

            @Override
            public Set<RowKey> send(List<RowItem> rows) {
                assertThat(until(Duration.ofMinutes(1)).sleepUntil(Instant.now().plus(after)))
                        .isTrue();
                return UNWRITTEN;
            }
        };
    }
}
