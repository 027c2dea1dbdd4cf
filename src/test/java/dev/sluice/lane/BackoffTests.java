package dev.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 64, 1_000_000})
    void aPauseThatTheDeadlineLeavesNoTimeForIsNotBegun(int failures) {
        Instant begin = Instant.now();
        var backoff = new Backoff(Duration.ofHours(1), Duration.ofHours(2), begin.plusSeconds(60));
        assertThat(backoff.pause(failures)).isFalse();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void afterTheDeadlineNothingIsTriedAgain() {
        var backoff = new Backoff(
                Duration.ofNanos(2), Duration.ofNanos(2), Instant.now().minusSeconds(1));
        assertThat(backoff.pause(1)).isFalse();
    }

    @Test
    void aPauseTakesAtLeastHalfItsStep() {
        var backoff = new Backoff(Duration.ofMillis(2), Duration.ofMillis(16), Instant.MAX);
        Instant begin = Instant.now();
        assertThat(backoff.pause(4)).isTrue();
        assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(8));
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        var backoff = new Backoff(
                Duration.ofMillis(1), Duration.ofMillis(2), Instant.now().plusSeconds(60));
        assertThat(backoff.pause(1_000_000)).isTrue();
    }
}
