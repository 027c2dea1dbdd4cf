package dev.sluice.web;

import dev.sluice.feed.Feeds;
import java.util.Optional;
import java.util.function.Function;

/** The feeds in the order of the settings. */
final class ListFeeds implements Function<WebRequest, WebResponse> {

    private final Feeds feeds;
    private final Replies replies;

    ListFeeds(Feeds feeds, Replies replies) {
        this.feeds = feeds;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return replies.json(
                new Paging.Page<>(feeds.all().stream().map(FeedView::of).toList(), Optional.empty()));
    }
}
