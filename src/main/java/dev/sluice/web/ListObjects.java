package dev.sluice.web;

import dev.sluice.feed.Feeds;
import dev.sluice.object.Ledger;
import dev.sluice.object.LedgerEntry;
import dev.sluice.object.LedgerPage;
import dev.sluice.object.ObjectState;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The ledger, the latest entry first; {@code feed} and {@code state} narrow it down. */
final class ListObjects implements Function<WebRequest, WebResponse> {

    private final Ledger ledger;
    private final Feeds feeds;
    private final Replies replies;

    ListObjects(Ledger ledger, Feeds feeds, Replies replies) {
        this.ledger = ledger;
        this.feeds = feeds;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        Paging paging = Paging.of(request);
        Optional<ObjectState> state = request.query("state").map(ListObjects::state);
        Optional<String> feed = request.query("feed");
        if (feed.isPresent() && feeds.named(feed.get()).isEmpty() && !feed.get().equals(LedgerEntry.NO_FEED)) {
            throw Problem.badRequest("feed has to name a feed, or be - for objects that belong to none.");
        }
        LedgerPage page = ledger.list(feed, state, paging.after(), paging.limit());
        return replies.json(
                Paging.page(page.entries().stream().map(ObjectView::of).toList(), page.last()));
    }

    private static ObjectState state(String word) {
        return Arrays.stream(ObjectState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("state has to be one of %s."
                        .formatted(Arrays.stream(ObjectState.values())
                                .map(ObjectState::word)
                                .toList())));
    }
}
