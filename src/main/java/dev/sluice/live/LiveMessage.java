package dev.sluice.live;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** A client says what it wants to see, by a {@link Filter}; it is answered with what is set now. */
final class LiveMessage implements Function<LiveRequest, LiveReply> {

    private final Connections connections;
    private final JsonMapper mapper;

    LiveMessage(Connections connections, JsonMapper mapper) {
        this.connections = connections;
        this.mapper = mapper;
    }

    /** Since a client sees no status, it stands in the body too. */
    private record Refusal(int status, String detail) {}

    @Override
    public LiveReply apply(LiveRequest request) {
        Optional<Filter> filter = Filter.of(request.body(), mapper);
        if (filter.isEmpty()) {
            return refusal(
                    400,
                    "The message has to be a JSON object; its feed and key, if it has them, are texts of 1 to %d characters."
                            .formatted(Filter.LONGEST));
        }
        if (!connections.filter(request.connection(), filter.get())) {
            return refusal(410, "The connection is not known any more: connect again.");
        }
        return new LiveReply(200, mapper.writeValueAsString(filter.get()));
    }

    private LiveReply refusal(int status, String detail) {
        return new LiveReply(status, mapper.writeValueAsString(new Refusal(status, detail)));
    }
}
