package dev.sluice.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import dev.sluice.invocation.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.MDC;
import org.springframework.messaging.Message;

/**
 * The door. With this input type the adapter hands the event's bytes over untouched, takes the reply's bytes as they
 * are, and passes the Lambda context as a header.
 */
final class TriggerRouter implements Function<Message<InputStream>, byte[]> {

    /** The adapter's name for it: {@code AWSLambdaUtils.AWS_CONTEXT}. */
    private static final String CONTEXT = "aws-context";

    private final List<Trigger> triggers;
    private final Set<String> accepted;

    TriggerRouter(List<Trigger> triggers, Set<String> accepted) {
        this.triggers = triggers;
        this.accepted = accepted;
    }

    @Override
    public byte[] apply(Message<InputStream> message) {
        try (InputStream payload = message.getPayload()) {
            byte[] event = payload.readAllBytes();
            Trigger trigger = trigger(event);
            Invocation invocation = invocation(message);
            try (var _ = MDC.putCloseable("requestId", invocation.requestId())) {
                return invocation.call(() -> trigger.handle(event));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UnreadableEventException(e);
        }
    }

    /** Hands an event over inside the call that is under way. */
    byte[] route(byte[] event) {
        try {
            return trigger(event).handle(event);
        } catch (IOException e) {
            throw new UnreadableEventException(e);
        }
    }

    private Trigger trigger(byte[] event) {
        Trigger trigger = EventLook.kind(event, triggers);
        if (!accepted.contains(trigger.name())) {
            throw new RefusedTriggerException(trigger.name());
        }
        return trigger;
    }

    private static Invocation invocation(Message<InputStream> message) {
        return message.getHeaders().get(CONTEXT) instanceof Context context
                ? new Invocation(
                        context.getAwsRequestId(),
                        Instant.now().plusMillis(context.getRemainingTimeInMillis()),
                        TraceHeader.traceparent(context.getXrayTraceId()),
                        context.getFunctionName())
                : Invocation.unbounded();
    }

    /** The event's bytes cannot be had. */
    static final class UnreadableEventException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableEventException(Exception cause) {
            super("The event's bytes could not be read.", cause);
        }
    }
}
