package dev.sluice.web;

import dev.sluice.letter.LetterPage;
import dev.sluice.letter.Letters;
import java.util.function.Function;

/** The dead letters by reason and time, without their inputs; {@code reason} narrows them down. */
final class ListLetters implements Function<WebRequest, WebResponse> {

    static final QueryParameter.Text REASON = new QueryParameter.Text(
            "reason",
            "Only letters of that reason.",
            "[a-z]+(-[a-z]+)*",
            "be a few lower-case words with hyphens",
            false);

    private final Letters letters;
    private final Replies replies;

    ListLetters(Letters letters, Replies replies) {
        this.letters = letters;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        Paging paging = Paging.of(request);
        if (!Letters.isCursor(paging.after())) {
            throw Paging.badCursor();
        }
        LetterPage page = letters.list(REASON.in(request), paging.after(), paging.limit());
        return replies.json(paging.page(
                page.letters().stream()
                        .map(listed -> LetterView.of(listed.id(), listed.letter()))
                        .toList(),
                page.last()));
    }
}
