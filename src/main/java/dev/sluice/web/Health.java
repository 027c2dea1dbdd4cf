package dev.sluice.web;

import java.util.Map;
import java.util.function.Function;

/** Says that the application answers. */
final class Health implements Function<WebRequest, WebResponse> {

    private final Replies replies;

    Health(Replies replies) {
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return replies.json(Map.of("status", "up"));
    }
}
