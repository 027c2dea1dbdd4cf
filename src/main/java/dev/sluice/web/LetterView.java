package dev.sluice.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.letter.KeptLetter;
import dev.sluice.letter.LetterId;
import dev.sluice.value.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A letter in JSON.
 *
 * @param input absent in lists, and where it is too large for an answer
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record LetterView(
        String id,
        String reason,
        String origin,
        String inputId,
        Instant time,
        int attempts,
        Instant first,
        Instant last,
        Optional<Json> input) {

    static LetterView of(LetterId id, KeptLetter letter) {
        return new LetterView(
                id.text(),
                letter.reason(),
                letter.origin(),
                letter.id(),
                letter.time(),
                letter.attempts(),
                letter.first(),
                letter.last(),
                Optional.of(letter.input())
                        .filter(input -> !input.isNull() && input.utf8().length <= Paging.MOST_BYTES));
    }
}
