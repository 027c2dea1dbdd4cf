package dev.sluice.web;

import dev.sluice.live.Tickets;
import java.util.function.Function;

/** Lets whoever asks connect to the WebSocket once, within half a minute. */
final class IssueTicket implements Function<WebRequest, WebResponse> {

    private final Tickets tickets;
    private final Replies replies;

    IssueTicket(Tickets tickets, Replies replies) {
        this.tickets = tickets;
        this.replies = replies;
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return replies.done(tickets.issue());
    }
}
