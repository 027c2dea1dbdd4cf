package dev.sluice.change;

import dev.sluice.invocation.Invocation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the changes of rows on as change events, in order per key. What could not be sent in the call's time is
 * answered with its lowest sequence number, from which Lambda sends the batch again.
 */
final class ForwardChanges implements Function<ChangeBatch, BatchReply> {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardChanges.class);

    private final KinesisOutlet outlet;
    private final ChangeSettings settings;

    ForwardChanges(KinesisOutlet outlet, ChangeSettings settings) {
        this.outlet = outlet;
        this.settings = settings;
    }

    @Override
    public BatchReply apply(ChangeBatch batch) {
        List<Outgoing> events = batch.changes().stream()
                .filter(change -> !change.changesNothing())
                .map(change -> Outgoing.of(change, settings))
                .toList();
        Optional<String> unsent = outlet.send(events, Invocation.current());
        int dropped = batch.changes().size() - events.size();
        if (dropped > 0) {
            LOG.info(
                    "Dropped {} of {} changes, which touched provenance only.",
                    dropped,
                    batch.changes().size());
        }
        unsent.ifPresent(sequence -> LOG.warn("Kinesis has not taken all changes; to go on from {}.", sequence));
        return BatchReply.from(unsent);
    }
}
