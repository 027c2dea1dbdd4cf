package dev.sluice.web;

import dev.sluice.letter.LetterId;
import dev.sluice.letter.RedriveReport;
import dev.sluice.letter.RedriveRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Has a dead letter sent again. */
final class RedriveLetter implements Function<WebRequest, WebResponse> {

    private final Function<RedriveRequest, RedriveReport> redriveLetters;
    private final Replies replies;

    RedriveLetter(Function<RedriveRequest, RedriveReport> redriveLetters, Replies replies) {
        this.redriveLetters = redriveLetters;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        LetterId id = ShowLetter.id(request);
        RedriveReport report = redriveLetters.apply(new RedriveRequest(
                Optional.of(List.of(id.text())), Optional.empty(), Optional.empty(), Optional.empty()));
        if (report.enqueued() == 0) {
            throw ShowLetter.unknown();
        }
        return replies.accepted(report);
    }
}
