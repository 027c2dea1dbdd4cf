package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many objects of a feed are in each state. Who changes an entry counts it in the same transaction: {@link Ledger}. */
final class Tallies {

    private final AwsClients aws;
    private final LedgerSettings settings;

    Tallies(AwsClients aws, LedgerSettings settings) {
        this.aws = aws;
        this.settings = settings;
    }

    /** Of each state that an object can be in. Costs the same however many there are. */
    Map<ObjectState, Long> of(String feed, Instant now) {
        List<Item> items = LedgerItems.find(aws, settings, Tally.items(feed, now));
        var counts = new EnumMap<ObjectState, Long>(ObjectState.class);
        for (ObjectState state : LedgerIndex.STATES) {
            counts.put(
                    state, items.stream().mapToLong(item -> count(item, state)).sum());
        }
        return counts;
    }

    private static long count(Item item, ObjectState state) {
        return item.find(state.word()).map(number -> Long.parseLong(number.n())).orElse(0L);
    }
}
