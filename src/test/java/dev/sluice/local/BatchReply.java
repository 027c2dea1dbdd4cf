package dev.sluice.local;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a function says of a batch.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Configuring
 *     partial batch response with Kinesis Data Streams and Lambda</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling errors for an SQS
 *     event source in Lambda</a>
 */
final class BatchReply {

    private BatchReply() {}

    /**
     * How many records of a stream's batch are done, from its first on: those before the lowest one that failed.
     *
     * @param sequences of the batch, in its order
     */
    static int done(String reply, List<String> sequences) {
        var failed = failed(reply, sequences);
        var done = 0;
        while (done < sequences.size() && !failed.contains(sequences.get(done))) {
            done++;
        }
        return done;
    }

    /**
     * Which items of the batch have failed. Empty replies and an empty list mean none of them; an identifier that is empty,
     * missing or not of this batch, and a reply that is none, mean all; else those that are named.
     */
    static Set<String> failed(String reply, List<String> batch) {
        if (reply.isBlank()) {
            return Set.of();
        }
        var all = Set.copyOf(batch);
        JsonNode answer;
        try {
            answer = JsonMapper.shared().readTree(reply);
        } catch (JacksonException _) {
            return all;
        }
        if (!answer.isObject()) {
            return answer.isNull() ? Set.of() : all;
        }
        var failures = answer.path("batchItemFailures");
        if (failures.isMissingNode() || failures.isNull()) {
            return Set.of();
        }
        if (!failures.isArray()) {
            return all;
        }
        var failed = new HashSet<String>();
        for (var each : failures) {
            var identifier = identifier(each);
            if (identifier == null || !all.contains(identifier)) {
                return all;
            }
            failed.add(identifier);
        }
        return failed;
    }

    private static @Nullable String identifier(JsonNode failure) {
        var identifier = failure.path("itemIdentifier");
        return identifier.isString() && !identifier.asString().isEmpty() ? identifier.asString() : null;
    }
}
