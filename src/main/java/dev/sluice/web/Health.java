package dev.sluice.web;

import java.util.function.Function;

/** Says that the application answers. */
final class Health implements Function<WebRequest, WebResponse> {

    /** The reply. */
    record Status(String status) {}

    private final Replies replies;

    Health(Replies replies) {
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return replies.json(new Status("up"));
    }
}
