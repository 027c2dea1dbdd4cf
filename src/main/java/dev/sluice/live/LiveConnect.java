package dev.sluice.live;

import java.time.Clock;
import java.util.function.Function;

/** A client wants to connect: if it brings a {@link LiveTicket}, the connection is kept, and wants to see everything. */
final class LiveConnect implements Function<LiveRequest, LiveReply> {

    private final Tickets tickets;
    private final Connections connections;
    private final Clock clock;

    LiveConnect(Tickets tickets, Connections connections, Clock clock) {
        this.tickets = tickets;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public LiveReply apply(LiveRequest request) {
        if (!tickets.take(request.ticket())) {
            return LiveReply.UNAUTHORIZED;
        }
        connections.add(request.connection(), request.connectedAt().orElseGet(clock::instant));
        return LiveReply.DONE;
    }
}
