package dev.sluice.change;

import dev.sluice.invocation.Invocation;
import dev.sluice.letter.Letters;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the changes of rows on as change events, in order per key. What could not be sent in the call's time is
 * answered with its lowest sequence number, from which Lambda sends the batch again.
 */
final class ForwardChanges implements Function<ChangeBatch, BatchReply> {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardChanges.class);

    private final Packing packing;
    private final ChangeStream stream;
    private final Letters letters;
    private final ChangeSettings settings;

    ForwardChanges(Packing packing, ChangeStream stream, Letters letters, ChangeSettings settings) {
        this.packing = packing;
        this.stream = stream;
        this.letters = letters;
        this.settings = settings;
    }

    @Override
    public BatchReply apply(ChangeBatch batch) {
        List<Change> changes = batch.changes();
        int[] positions = IntStream.range(0, changes.size())
                .filter(position -> !changes.get(position).changesNothing())
                .toArray();
        int dropped = changes.size() - positions.length;
        if (dropped > 0) {
            LOG.info("Dropped {} of {} changes, which touched provenance only.", dropped, changes.size());
        }
        Invocation invocation = Invocation.current();
        var unsent = new BitSet(changes.size());
        IntStream.of(positions).forEach(unsent::set);
        new Sending(stream, letters, settings, invocation, unsent::clear)
                .run(packing.pack(changes, positions, invocation));
        Optional<String> lowest =
                unsent.stream().mapToObj(changes::get).map(Change::sequence).findFirst();
        lowest.ifPresent(sequence -> LOG.warn(
                "{} of {} changes are not sent; to go on from {}.", unsent.cardinality(), changes.size(), sequence));
        return BatchReply.from(lowest);
    }
}
