package dev.sluice.web;

import dev.sluice.row.RowKey;
import dev.sluice.row.RowTable;
import java.util.function.Function;

/** One row. */
final class ShowRow implements Function<WebRequest, WebResponse> {

    private final RowTable rows;
    private final Replies replies;

    ShowRow(RowTable rows, Replies replies) {
        this.rows = rows;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return rows.find(new RowKey(request.parameter("feed"), request.parameter("key")))
                .map(RowView::of)
                .map(replies::json)
                .orElseThrow(() -> Problem.notFound("The feed has no row of this key."));
    }
}
