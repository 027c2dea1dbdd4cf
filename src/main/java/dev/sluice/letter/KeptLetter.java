package dev.sluice.letter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sluice.value.Json;
import java.time.Instant;

/**
 * A letter as it is kept, in JSON with its input at the end.
 *
 * @param origin see {@link Letter}
 * @param id the input's, by which its origin tells it from others
 * @param time when the input came about
 * @param attempts how many tries have failed so far
 * @param first when it became a letter
 * @param last when it failed last
 * @param input what the origin's bean is given when it is sent again
 */
@JsonPropertyOrder({"reason", "origin", "id", "time", "attempts", "first", "last", "input"})
public record KeptLetter(
        String reason, String origin, String id, Instant time, int attempts, Instant first, Instant last, Json input) {

    KeptLetter failedAgain(int more, Instant now, Json again) {
        return new KeptLetter(reason, origin, id, time, attempts + more, first, now, again);
    }
}
