package dev.sluice.web;

import dev.sluice.feed.Feeds;
import dev.sluice.object.FeedActivity;
import java.util.function.Function;

/** What goes on in a feed: objects by state, rows by minute over the last {@code minutes}, the last failure. */
final class ShowActivity implements Function<WebRequest, WebResponse> {

    static final QueryParameter.Whole MINUTES = new QueryParameter.Whole(
            "minutes", "How many of the last minutes are told, the present one included.", 1, 24 * 60, 60);

    private final Feeds feeds;
    private final FeedActivity activity;
    private final Replies replies;

    ShowActivity(Feeds feeds, FeedActivity activity, Replies replies) {
        this.feeds = feeds;
        this.activity = activity;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        String feed = request.parameter("feed");
        if (feeds.named(feed).isEmpty()) {
            throw Problem.notFound("There is no feed of this name.");
        }
        return replies.json(activity.of(feed, MINUTES.in(request)));
    }
}
