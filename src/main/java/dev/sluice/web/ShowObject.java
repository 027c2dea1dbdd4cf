package dev.sluice.web;

import dev.sluice.object.Ledger;
import dev.sluice.object.LedgerEntry;
import dev.sluice.object.PartLedger;
import java.util.function.Function;

/** One ledger entry. */
final class ShowObject implements Function<WebRequest, WebResponse> {

    private final Ledger ledger;
    private final PartLedger parts;
    private final Replies replies;

    ShowObject(Ledger ledger, PartLedger parts, Replies replies) {
        this.ledger = ledger;
        this.parts = parts;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return ledger.find(request.parameter("id"))
                .map(this::view)
                .map(replies::json)
                .orElseThrow(() -> Problem.notFound("The ledger has no object of this id."));
    }

    private ObjectView view(LedgerEntry entry) {
        return parts.progress(entry)
                .map(progress -> ObjectView.of(entry, progress))
                .orElseGet(() -> ObjectView.of(entry));
    }
}
