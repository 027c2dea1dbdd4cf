package dev.sluice.web;

import dev.sluice.letter.LetterId;
import dev.sluice.letter.Letters;
import java.util.Map;
import java.util.function.Function;

/** Takes a dead letter out of the list, with the query parameter {@code because} as the reason. */
final class DiscardLetter implements Function<WebRequest, WebResponse> {

    private static final int LONGEST = 500;

    private final Letters letters;
    private final Replies replies;

    DiscardLetter(Letters letters, Replies replies) {
        this.letters = letters;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        LetterId id = ShowLetter.id(request);
        String because = request.query("because")
                .filter(text -> !text.isBlank() && text.length() <= LONGEST)
                .orElseThrow(
                        () -> Problem.badRequest("because has to say why, in 1 to %d characters.".formatted(LONGEST)));
        if (!letters.discard(id, because)) {
            throw ShowLetter.unknown();
        }
        return replies.done(Map.of("discarded", id.text()));
    }
}
