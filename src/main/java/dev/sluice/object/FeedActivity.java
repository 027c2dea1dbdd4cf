package dev.sluice.object;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Finds out what goes on in a feed, at a price that does not grow with the feed. */
public final class FeedActivity {

    /** Those that have ended are looked at, so many of each state. */
    private static final List<ObjectState> ENDED = List.of(ObjectState.DONE, ObjectState.FAILED);

    private static final int MOST = 1_000;

    private final Tallies tallies;
    private final LedgerIndex index;
    private final Clock clock;

    FeedActivity(Tallies tallies, LedgerIndex index, Clock clock) {
        this.tallies = tallies;
        this.index = index;
        this.clock = clock;
    }

    /**
     * What goes on in it now.
     *
     * @param minutes how many of the last ones, the present one included
     */
    public Activity of(String feed, int minutes) {
        Instant now = clock.instant();
        return Activity.of(feed, tallies.of(feed, now), index.latest(feed, ENDED, MOST), minutes, now);
    }
}
