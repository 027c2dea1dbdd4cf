package dev.sluice.web;

import dev.sluice.object.Ledger;
import java.util.function.Function;

/** One ledger entry. */
final class ShowObject implements Function<WebRequest, WebResponse> {

    private final Ledger ledger;
    private final Replies replies;

    ShowObject(Ledger ledger, Replies replies) {
        this.ledger = ledger;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return ledger.find(request.parameter("id"))
                .map(ObjectView::of)
                .map(replies::json)
                .orElseThrow(() -> Problem.notFound("The ledger has no object of this id."));
    }
}
