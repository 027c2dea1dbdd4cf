package dev.sluice.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InvocationTests {

    @Test
    void aCallIsSeenFromInsideOnly() throws Exception {
        var outer = new Invocation("outer", Instant.now().plusSeconds(60));
        var inner = new Invocation("inner", Instant.now().plusSeconds(30));
        assertThat(outer.call(() ->
                        Invocation.current() + "|" + inner.call(Invocation::current) + "|" + Invocation.current()))
                .isEqualTo(outer + "|" + inner + "|" + outer);
        assertThat(Invocation.current().requestId()).isEqualTo("local");
    }

    @Test
    void aCallByNameHasAsLongAsLambdasLongest() {
        assertThat(Invocation.current().deadline())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(14)),
                        Instant.now().plus(Duration.ofMinutes(15)));
    }

    @Test
    void theLastTryBeginsBeforeTheDeadline() {
        var deadline = Instant.now();
        assertThat(new Invocation("call", deadline).lastTry()).isEqualTo(deadline.minusSeconds(1));
    }

    @Test
    void aTryLeavesTimeForTheAnswer() {
        assertThat(new Invocation("call", Instant.now().plusSeconds(10)).timeLeft())
                .isBetween(Duration.ofSeconds(9), Duration.ofMillis(9_750));
        assertThat(new Invocation("call", Instant.now().minusSeconds(10)).timeLeft())
                .isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void whatTheWorkThrowsComesOut() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Invocation.unbounded().call(() -> {
                    throw new IOException("thrown");
                }));
    }
}
