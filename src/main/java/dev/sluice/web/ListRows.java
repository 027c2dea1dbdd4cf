package dev.sluice.web;

import dev.sluice.feed.Feeds;
import dev.sluice.row.RowPage;
import dev.sluice.row.RowTable;
import java.util.function.Function;

/** A feed's rows in the order of their keys; {@code prefix} narrows them down. */
final class ListRows implements Function<WebRequest, WebResponse> {

    private final Feeds feeds;
    private final RowTable rows;
    private final Replies replies;

    ListRows(Feeds feeds, RowTable rows, Replies replies) {
        this.feeds = feeds;
        this.rows = rows;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        String feed = request.parameter("feed");
        if (feeds.named(feed).isEmpty()) {
            throw Problem.notFound("There is no feed of this name.");
        }
        Paging paging = Paging.of(request);
        RowPage page = rows.list(feed, request.query("prefix").orElse(""), paging.after(), paging.limit());
        return replies.json(Paging.page(page.rows().stream().map(RowView::of).toList(), page.last()));
    }
}
