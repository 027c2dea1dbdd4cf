package dev.sluice.letter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sluice.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A letter as it is kept, in JSON with its input at the end.
 *
 * @param origin see {@link Letter}
 * @param id the input's, by which its origin tells it from others
 * @param time when the input came about
 * @param attempts how many tries have failed so far
 * @param first when it became a letter
 * @param last when it failed last
 * @param counted the messages that told of its last failures: a queue may deliver one twice
 * @param input what the origin's bean is given when it is sent again
 */
@JsonPropertyOrder({"reason", "origin", "id", "time", "attempts", "first", "last", "counted", "input"})
public record KeptLetter(
        String reason,
        String origin,
        String id,
        Instant time,
        int attempts,
        Instant first,
        Instant last,
        List<String> counted,
        Json input) {

    private static final int MOST_COUNTED = 16;

    static KeptLetter of(Letter letter, Instant now) {
        return new KeptLetter(
                letter.reason(),
                letter.origin(),
                letter.id(),
                letter.time(),
                letter.attempts(),
                now,
                now,
                List.of(),
                letter.input());
    }

    KeptLetter failedAgain(int more, Instant now, Json again) {
        return new KeptLetter(reason, origin, id, time, attempts + more, first, now, counted, again);
    }

    /** The same if that message's failure has been counted. */
    KeptLetter failedAgain(String message, int more, Instant now) {
        if (counted.contains(message)) {
            return this;
        }
        List<String> latest = Stream.concat(
                        counted.stream().skip(Math.max(0, counted.size() - MOST_COUNTED + 1)), Stream.of(message))
                .toList();
        return new KeptLetter(reason, origin, id, time, attempts + more, first, now, latest, input);
    }

    KeptLetter withoutInput() {
        return new KeptLetter(reason, origin, id, time, attempts, first, last, counted, Json.NULL);
    }
}
