package dev.sluice.local;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a function says of a stream batch.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Configuring
 *     partial batch response with Kinesis Data Streams and Lambda</a>
 */
final class BatchReply {

    private BatchReply() {}

    /**
     * How many records of the batch are done, from its first on. Empty replies and an empty list mean all of them; an
     * identifier that is empty, missing or not of this batch means none; else those before the lowest one named.
     *
     * @param sequences of the batch, in its order
     */
    static int done(String reply, List<String> sequences) {
        if (reply.isBlank()) {
            return sequences.size();
        }
        JsonNode answer;
        try {
            answer = JsonMapper.shared().readTree(reply);
        } catch (JacksonException _) {
            return 0;
        }
        if (!answer.isObject()) {
            return answer.isNull() ? sequences.size() : 0;
        }
        var failures = answer.path("batchItemFailures");
        if (failures.isMissingNode() || failures.isNull()) {
            return sequences.size();
        }
        if (!failures.isArray()) {
            return 0;
        }
        var failed = new HashSet<String>();
        for (var each : failures) {
            var identifier = identifier(each);
            if (identifier == null) {
                return 0;
            }
            failed.add(identifier);
        }
        if (!sequences.containsAll(failed)) {
            return 0;
        }
        var done = 0;
        while (done < sequences.size() && !failed.contains(sequences.get(done))) {
            done++;
        }
        return done;
    }

    private static @Nullable String identifier(JsonNode failure) {
        var identifier = failure.path("itemIdentifier");
        return identifier.isString() && !identifier.asString().isEmpty() ? identifier.asString() : null;
    }
}
