package dev.sluice.live;

import java.time.Clock;
import java.util.function.Function;

/** A connection is being made: it is kept, and wants to see everything. Nobody is asked who they are. */
final class LiveConnect implements Function<LiveRequest, LiveReply> {

    private final Connections connections;
    private final Clock clock;

    LiveConnect(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public LiveReply apply(LiveRequest request) {
        connections.add(request.connection(), request.connectedAt().orElseGet(clock::instant));
        return LiveReply.DONE;
    }
}
