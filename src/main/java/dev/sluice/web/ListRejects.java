package dev.sluice.web;

import dev.sluice.object.Ledger;
import dev.sluice.object.LedgerEntry;
import dev.sluice.object.RejectPage;
import dev.sluice.object.Rejects;
import java.util.function.Function;

/** The records of one object that became no rows, in the order of the object. */
final class ListRejects implements Function<WebRequest, WebResponse> {

    private final Ledger ledger;
    private final Rejects rejects;
    private final Replies replies;

    ListRejects(Ledger ledger, Rejects rejects, Replies replies) {
        this.ledger = ledger;
        this.rejects = rejects;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        LedgerEntry entry = ledger.find(request.parameter("id"))
                .orElseThrow(() -> Problem.notFound("The ledger has no object of this id."));
        Paging paging = Paging.of(request);
        if (!Rejects.isCursor(paging.after())) {
            throw Paging.badCursor();
        }
        RejectPage page = rejects.list(entry, paging.after(), paging.limit(), Paging.MOST_BYTES);
        return replies.json(paging.page(page.rejects(), page.last()));
    }
}
