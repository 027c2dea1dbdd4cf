package dev.sluice.local;

import dev.sluice.local.Door.Outcome;
import dev.sluice.local.StreamSource.Item;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes records of a shard to the function, in batches, one after the other. A batch is repeated until it succeeds, its
 * retries are used up or its records are too old; what is given up goes to the on-failure destination. A batch that fails
 * is split in two where that is set, and splitting uses no retry up: a poison record is alone before it is given up. A
 * batch that succeeds in part goes on with the rest; where batches are split that uses no retry up either.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
 *     records for a Kinesis Data Streams event source in Lambda</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Configuring
 *     partial batch response with Kinesis Data Streams and Lambda</a>
 */
final class Delivery {

    private static final int ENVELOPE_BYTES = "{\"Records\":[]}".length();

    private final StreamSource source;
    private final String shard;
    private final StreamRules rules;
    private final int payloadBytes;
    private final Invoker invoker;
    private final Patience patience;
    private int failures;
    private int refusals;

    Delivery(StreamSource source, String shard, StreamRules rules, int payloadBytes, Invoker invoker) {
        this.source = source;
        this.shard = shard;
        this.rules = rules;
        this.payloadBytes = payloadBytes;
        this.invoker = invoker;
        this.patience = invoker.patience();
    }

    /** Says whether all of them are done or given up, which they are not if the triggers were closed before. */
    boolean deliver(List<Item> items) {
        var left = items;
        while (!left.isEmpty()) {
            var batch = left.subList(0, fitting(left));
            if (!deliver(batch, 0)) {
                return false;
            }
            left = left.subList(batch.size(), left.size());
        }
        return true;
    }

    /** @param failed how often this batch, or what it was split from, has used up a try */
    private boolean deliver(List<Item> batch, int failed) {
        var left = batch;
        var tries = failed;
        var invocations = 0;
        Optional<Outcome> last = Optional.empty();
        while (!patience.isClosed()) {
            var old = tooOld(left);
            if (old > 0) {
                giveUp(left.subList(0, old), FailureRecord.AGE, invocations, last);
                left = left.subList(old, left.size());
            }
            if (left.isEmpty()) {
                return true;
            }
            var outcome = invoker.door().invoke(event(left));
            if (outcome instanceof Outcome.Unreachable) {
                refused();
                continue;
            }
            if (patience.isClosed() && outcome instanceof Outcome.Failed) {
                return false;
            }
            refusals = 0;
            invocations++;
            last = Optional.of(outcome);
            var done = done(outcome, left);
            left = left.subList(done, left.size());
            if (left.isEmpty()) {
                failures = 0;
                return true;
            }
            if (rules.bisectBatchOnFunctionError() && done == 0 && left.size() > 1) {
                failed(left.size(), outcome);
                var half = left.size() / 2;
                return deliver(left.subList(0, half), tries) && deliver(left.subList(half, left.size()), tries);
            }
            if (!rules.bisectBatchOnFunctionError() || done == 0) {
                tries++;
            }
            if (rules.givesUpAfter(tries)) {
                giveUp(left, FailureRecord.RETRIES, invocations, last);
                return true;
            }
            failed(left.size(), outcome);
        }
        return false;
    }

    private static String event(List<Item> batch) {
        return batch.stream().map(Item::json).collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }

    /** How many of the first records are too old. */
    private int tooOld(List<Item> batch) {
        var now = patience.now();
        return (int) batch.stream()
                .takeWhile(item -> rules.isTooOld(Duration.between(item.arrival(), now)))
                .count();
    }

    private int done(Outcome outcome, List<Item> batch) {
        if (!(outcome instanceof Outcome.Replied reply)) {
            return 0;
        }
        return rules.reportBatchItemFailures()
                ? BatchReply.done(
                        reply.body(), batch.stream().map(Item::sequence).toList())
                : batch.size();
    }

    private int fitting(List<Item> items) {
        var bytes = ENVELOPE_BYTES;
        var most = Math.min(items.size(), rules.batchSize());
        for (var i = 0; i < most; i++) {
            bytes += items.get(i).bytes() + 1;
            if (bytes > payloadBytes) {
                return Math.max(1, i);
            }
        }
        return most;
    }

    private void giveUp(List<Item> batch, String condition, int invocations, Optional<Outcome> last) {
        invoker.failures()
                .accept(FailureRecord.ofBatch(
                        source, shard, batch, event(batch), condition, invocations, last, patience.now()));
        note(batch.size() + " records given up: " + condition);
        failures = 0;
    }

    /** Nobody took the batch, which is no fault of the function: only the records' age ends that. */
    private void refused() {
        if (++refusals == 1) {
            note("nobody answers at the door: waiting");
        }
        patience.afterFailure(refusals);
    }

    private void failed(int records, Outcome outcome) {
        failures++;
        // At failures 1, 2, 4, 8 …: a batch that fails for hours shall not fill the console.
        if (Integer.bitCount(failures) == 1) {
            var reason = outcome instanceof Outcome.Failed failure ? failure.reason() : "its reply";
            note("attempt " + failures + ", " + records + " records left over: " + reason);
        }
        patience.afterFailure(failures);
    }

    private void note(String text) {
        if (!patience.isClosed()) {
            invoker.notes().accept(source.name() + ", " + shard + ": " + text);
        }
    }
}
