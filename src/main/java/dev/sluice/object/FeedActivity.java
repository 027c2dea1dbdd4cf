package dev.sluice.object;

import java.time.Clock;

/** Finds out what goes on in a feed, at a price that does not grow with the feed. */
public final class FeedActivity {

    /** Of each state; what is beyond is not counted. */
    static final int MOST = 1_000;

    private final LedgerIndex index;
    private final Clock clock;

    FeedActivity(LedgerIndex index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    /**
     * What goes on in it now.
     *
     * @param minutes how many of the last ones, the present one included
     */
    public Activity of(String feed, int minutes) {
        return Activity.of(feed, index.latest(feed, MOST), minutes, clock.instant());
    }
}
