package dev.sluice.live;

import java.util.function.Function;

/** A connection is closed. AWS does not promise to tell: of those that it does not tell of, the table's TTL takes care. */
final class LiveDisconnect implements Function<LiveRequest, LiveReply> {

    private final Connections connections;

    LiveDisconnect(Connections connections) {
        this.connections = connections;
    }

    @Override
    public LiveReply apply(LiveRequest request) {
        connections.remove(request.connection());
        return LiveReply.DONE;
    }
}
