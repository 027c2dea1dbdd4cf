package dev.sluice.web;

import dev.sluice.object.SourceLines;
import dev.sluice.row.RowKey;
import dev.sluice.row.RowTable;
import java.util.List;
import java.util.function.Function;

/** One row. */
final class ShowRow implements Function<WebRequest, WebResponse> {

    private final RowTable rows;
    private final SourceLines lines;
    private final Replies replies;

    ShowRow(RowTable rows, SourceLines lines, Replies replies) {
        this.rows = rows;
        this.lines = lines;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return rows.find(new RowKey(request.parameter("feed"), request.parameter("key")))
                .map(row -> RowView.of(lines.count(List.of(row)).getFirst()))
                .map(replies::json)
                .orElseThrow(() -> Problem.notFound("The feed has no row of this key."));
    }
}
