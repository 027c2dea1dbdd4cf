package dev.sluice.web;

import dev.sluice.feed.Feeds;
import dev.sluice.object.SourceLines;
import dev.sluice.row.Row;
import dev.sluice.row.RowPage;
import dev.sluice.row.RowTable;
import dev.sluice.value.Json;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/** A feed's rows in the order of their keys; {@code prefix} narrows them down. */
final class ListRows implements Function<WebRequest, WebResponse> {

    static final QueryParameter.AnyText PREFIX =
            new QueryParameter.AnyText("prefix", "Only rows whose keys begin like that.");

    private final Feeds feeds;
    private final RowTable rows;
    private final SourceLines lines;
    private final Replies replies;

    ListRows(Feeds feeds, RowTable rows, SourceLines lines, Replies replies) {
        this.feeds = feeds;
        this.rows = rows;
        this.lines = lines;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        String feed = request.parameter("feed");
        if (feeds.named(feed).isEmpty()) {
            throw Problem.notFound("There is no feed of this name.");
        }
        Paging paging = Paging.of(request);
        if (!RowTable.isCursor(paging.after())) {
            throw Paging.badCursor();
        }
        RowPage page = rows.list(feed, PREFIX.in(request).orElse(""), paging.after(), paging.limit());
        return replies.json(fitting(page, paging));
    }

    /** As many rows as fit into a reply; the cursor leads on to the others. */
    private Paging.Page<Json> fitting(RowPage page, Paging paging) {
        var items = new ArrayList<Json>();
        Optional<String> last = Optional.empty();
        int bytes = 0;
        for (Row row : lines.count(page.rows())) {
            Json item = replies.text(RowView.of(row));
            bytes += item.utf8().length;
            if (!items.isEmpty() && bytes > Paging.MOST_BYTES) {
                return paging.page(items, last);
            }
            items.add(item);
            last = Optional.of(row.key().key());
        }
        return paging.page(items, page.last());
    }
}
