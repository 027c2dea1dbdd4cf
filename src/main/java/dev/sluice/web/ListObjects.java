package dev.sluice.web;

import dev.sluice.feed.Feeds;
import dev.sluice.object.LedgerEntry;
import dev.sluice.object.LedgerIndex;
import dev.sluice.object.LedgerPage;
import dev.sluice.object.LedgerSelection;
import dev.sluice.object.ObjectState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The ledger, the latest entry first; {@code feed}, {@code state}, {@code from} and {@code to} narrow it down. */
final class ListObjects implements Function<WebRequest, WebResponse> {

    static final QueryParameter.AnyText FEED =
            new QueryParameter.AnyText("feed", "Only objects of that feed, or - for those that belong to none.");
    static final QueryParameter.Word STATE = new QueryParameter.Word(
            "state",
            "Only objects in that state.",
            Arrays.stream(ObjectState.values()).map(ObjectState::word).toList());
    static final QueryParameter.Time FROM =
            new QueryParameter.Time("from", "Only entries that were last written then or later.");
    static final QueryParameter.Time TO = new QueryParameter.Time("to", "Only entries that were last written before.");

    private final LedgerIndex index;
    private final Feeds feeds;
    private final Replies replies;

    ListObjects(LedgerIndex index, Feeds feeds, Replies replies) {
        this.index = index;
        this.feeds = feeds;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        Paging paging = Paging.of(request);
        if (!LedgerIndex.isCursor(paging.after())) {
            throw Paging.badCursor();
        }
        LedgerPage page = index.list(selection(request), paging.after(), paging.limit());
        return replies.json(
                paging.page(page.entries().stream().map(ObjectView::of).toList(), page.last()));
    }

    private LedgerSelection selection(WebRequest request) {
        Optional<String> feed = FEED.in(request);
        if (feed.isPresent() && feeds.named(feed.get()).isEmpty() && !feed.get().equals(LedgerEntry.NO_FEED)) {
            throw Problem.badRequest("feed has to name a feed, or be - for objects that belong to none.");
        }
        Optional<Instant> from = FROM.in(request);
        Optional<Instant> to = TO.in(request);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw Problem.badRequest("from has to be before to.");
        }
        return new LedgerSelection(feed, STATE.in(request).map(ObjectState::of), from, to);
    }
}
