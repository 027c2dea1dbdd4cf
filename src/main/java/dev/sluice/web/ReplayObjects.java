package dev.sluice.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.object.Replay;
import dev.sluice.object.Replay.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has objects read again. What becomes of one is no matter of the others: each has its outcome. */
final class ReplayObjects implements Function<WebRequest, WebResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayObjects.class);

    static final int MOST = 100;

    private static final int AT_A_TIME = 16;

    private final Replay replay;
    private final Replies replies;

    ReplayObjects(Replay replay, Replies replies) {
        this.replay = replay;
        this.replies = replies;
    }

    /** The request's body. */
    record Wanted(@Nullable List<@Nullable String> ids) {}

    /** The reply, each id once. */
    record Outcomes(List<Item> items) {}

    /** What became of the wish for one object. */
    record Item(String id, Outcome outcome) {}

    enum Outcome {
        /** It will be read. */
        QUEUED,
        /** It is being read. */
        BUSY,
        /** The ledger has no object of this id. */
        UNKNOWN,
        /** A call of AWS failed; the log says why. It may be asked for again. */
        FAILED;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public WebResponse apply(WebRequest request) {
        List<Item> items = ids(replies.body(request, Wanted.class)).stream()
                .gather(Gatherers.mapConcurrent(AT_A_TIME, id -> new Item(id, replay(id))))
                .toList();
        return replies.accepted(new Outcomes(items));
    }

    private static List<String> ids(Wanted wanted) {
        List<@Nullable String> ids = wanted.ids() == null ? List.of() : wanted.ids();
        if (ids.isEmpty() || ids.size() > MOST || ids.stream().anyMatch(Objects::isNull)) {
            throw Problem.unprocessable("ids has to list 1 to %d objects.".formatted(MOST));
        }
        return ids.stream().map(String::valueOf).distinct().toList();
    }

    private Outcome replay(String id) {
        try {
            return replay.replay(id)
                    .map(answer -> switch (answer) {
                        case Answer.Queued _ -> Outcome.QUEUED;
                        case Answer.Busy _ -> Outcome.BUSY;
                    })
                    .orElse(Outcome.UNKNOWN);
        } catch (RuntimeException e) {
            // Others have been queued, and whoever asked shall know which.
            LOG.error("An object could not be replayed.", e);
            return Outcome.FAILED;
        }
    }
}
