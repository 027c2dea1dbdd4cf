package dev.sluice.web;

import dev.sluice.object.Replay;
import dev.sluice.object.Replay.Answer;
import java.time.Instant;
import java.util.function.Function;

/** Has an object read again. */
final class ReplayObject implements Function<WebRequest, WebResponse> {

    private final Replay replay;
    private final Replies replies;

    ReplayObject(Replay replay, Replies replies) {
        this.replay = replay;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        Answer answer = replay.replay(request.parameter("id"))
                .orElseThrow(() -> Problem.notFound("The ledger has no object of this id."));
        return switch (answer) {
            case Answer.Queued(var entry) -> replies.accepted(ObjectView.of(entry));
            case Answer.Busy(Instant until) ->
                throw Problem.conflict(
                        "The object is being read; try again once it has been, or after %s.".formatted(until));
        };
    }
}
