package dev.sluice.web;

import dev.sluice.letter.LetterId;
import dev.sluice.letter.Letters;
import java.util.function.Function;

/** Takes a dead letter out of the list, with the query parameter {@code because} as the reason. */
final class DiscardLetter implements Function<WebRequest, WebResponse> {

    static final QueryParameter.Text BECAUSE = new QueryParameter.Text(
            "because",
            "Why nobody wants the letter any more; kept with it.",
            "(?=[\\s\\S]*\\S)[\\s\\S]{1,500}",
            "say why, in 1 to 500 characters",
            true);

    /**
     * The reply.
     *
     * @param discarded the letter's id
     */
    record Discarded(String discarded) {}

    private final Letters letters;
    private final Replies replies;

    DiscardLetter(Letters letters, Replies replies) {
        this.letters = letters;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        LetterId id = ShowLetter.id(request);
        String because = BECAUSE.in(request).orElseThrow();
        if (!letters.discard(id, because)) {
            throw ShowLetter.unknown();
        }
        return replies.done(new Discarded(id.text()));
    }
}
