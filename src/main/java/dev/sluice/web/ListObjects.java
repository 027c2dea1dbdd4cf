package dev.sluice.web;

import dev.sluice.object.Ledger;
import dev.sluice.object.LedgerPage;
import dev.sluice.object.ObjectState;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The ledger, the latest entry first; {@code feed} and {@code state} narrow it down. */
final class ListObjects implements Function<WebRequest, WebResponse> {

    private final Ledger ledger;
    private final Replies replies;

    ListObjects(Ledger ledger, Replies replies) {
        this.ledger = ledger;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        Paging paging = Paging.of(request);
        Optional<ObjectState> state = request.query("state").map(ListObjects::state);
        LedgerPage page = ledger.list(request.query("feed"), state, paging.after(), paging.limit());
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
