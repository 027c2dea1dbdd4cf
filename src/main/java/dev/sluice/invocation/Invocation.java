package dev.sluice.invocation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * The call that a bean runs in. The door binds it for the length of one call; a bean that is called by name runs in
 * {@link #unbounded()}.
 *
 * @param requestId Lambda's request id, or {@code local}
 * @param deadline when Lambda ends the call
 * @param traceparent the call's place in a trace (W3C Trace Context), the trace's id in it; empty if that is not known
 * @param function the Lambda function's name, or {@code local}
 */
public record Invocation(String requestId, Instant deadline, String traceparent, String function) {

    private static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

    /** Lambda's longest call is 15 minutes; a call without a deadline gets as long. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration RESERVE = Duration.ofSeconds(1);

    /** What it takes to answer once the last try's outcome is known. */
    private static final Duration ANSWER = Duration.ofMillis(250);

    /** A call of which no trace is known. */
    public Invocation(String requestId, Instant deadline) {
        this(requestId, deadline, "", "local");
    }

    /** A call outside Lambda. */
    public static Invocation unbounded() {
        return new Invocation("local", Instant.now().plus(LONGEST));
    }

    /** The call that this thread runs in. Other threads do not inherit it: read it first, then hand it over. */
    public static Invocation current() {
        return CURRENT.isBound() ? CURRENT.get() : unbounded();
    }

    /** Runs the work inside this call. */
    public <T> T call(Callable<? extends T> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /** When the last try of something has to begin, so that its outcome can still be answered. */
    public Instant lastTry() {
        return deadline.minus(RESERVE);
    }

    /** How long a try that begins now may take, so that its outcome can still be answered; 1 ms at least. */
    public Duration timeLeft() {
        Duration left = Duration.between(Instant.now(), deadline).minus(ANSWER);
        return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }
}
