package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTests {

    private final Clock clock = Clock.systemUTC();

    @Test
    void noMoreGoThanAreAllowedInASecond() {
        Instant begin = clock.instant();
        var pace = new Pace(100, begin.plusSeconds(60), clock);

        assertThat(pace.waitFor(10)).isTrue();
        assertThat(pace.waitFor(10)).isTrue();
        assertThat(pace.waitFor(10)).isTrue();

        assertThat(Duration.between(begin, clock.instant())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void itDoesNotWaitBeyondTheEndOfTheCall() {
        Instant begin = clock.instant();
        var pace = new Pace(1, begin.plusSeconds(60), clock);

        assertThat(pace.waitFor(100)).isTrue();
        assertThat(pace.waitFor(1)).isFalse();

        assertThat(Duration.between(begin, clock.instant())).isLessThan(Duration.ofSeconds(60));
        assertThat(new Pace(1, begin, clock).waitFor(1)).isFalse();
    }
}
