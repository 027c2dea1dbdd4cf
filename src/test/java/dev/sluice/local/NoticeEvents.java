package dev.sluice.local;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * S3's asynchronous invocations: each notice is one event, and nobody looks at a reply. What fails at every try goes to the
 * on-failure destination.
 *
 * @param retries how often one that failed is tried again, as Lambda does twice
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How Lambda handles
 *     errors and retries with asynchronous invocation</a>
 */
record NoticeEvents(int retries) implements QueueEvents {

    private static final Duration MARGIN = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "notices";
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public OptionalInt tries() {
        return OptionalInt.of(retries + 1);
    }

    @Override
    public Duration held(Duration timeout) {
        return timeout.plus(MARGIN);
    }

    @Override
    public String event(List<Message> messages) {
        return messages.getFirst().body();
    }

    @Override
    public Set<String> failed(String reply, List<String> ids) {
        return Set.of();
    }
}
