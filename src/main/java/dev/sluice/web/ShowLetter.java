package dev.sluice.web;

import dev.sluice.letter.LetterId;
import dev.sluice.letter.Letters;
import java.util.function.Function;

/** One dead letter with its input. */
final class ShowLetter implements Function<WebRequest, WebResponse> {

    private final Letters letters;
    private final Replies replies;

    ShowLetter(Letters letters, Replies replies) {
        this.letters = letters;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        LetterId id = id(request);
        return letters.find(id)
                .map(letter -> replies.json(LetterView.of(id, letter)))
                .orElseThrow(ShowLetter::unknown);
    }

    static LetterId id(WebRequest request) {
        return LetterId.of(request.parameter("id")).orElseThrow(ShowLetter::unknown);
    }

    static Problem unknown() {
        return Problem.notFound("There is no letter of this id; it may have been sent again or discarded.");
    }
}
