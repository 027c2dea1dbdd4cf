package dev.sluice.web;

import dev.sluice.letter.LetterPage;
import dev.sluice.letter.Letters;
import java.util.Optional;
import java.util.function.Function;

/** The dead letters by reason and time, without their inputs; {@code reason} narrows them down. */
final class ListLetters implements Function<WebRequest, WebResponse> {

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
            throw Problem.badRequest("cursor is not one that this list has answered.");
        }
        Optional<String> reason = request.query("reason");
        if (!reason.orElse("a").matches("[a-z]+(-[a-z]+)*")) {
            throw Problem.badRequest("reason has to be a few lower-case words with hyphens.");
        }
        LetterPage page = letters.list(reason, paging.after(), paging.limit());
        return replies.json(Paging.page(
                page.letters().stream()
                        .map(listed -> LetterView.of(listed.id(), listed.letter()))
                        .toList(),
                page.last()));
    }
}
