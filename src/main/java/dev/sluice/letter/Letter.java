package dev.sluice.letter;

import dev.sluice.value.Json;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * An input that failed for good.
 *
 * @param origin the bean that could not do with it; if that was one of its consumers, {@code processChanges/<consumer>}
 * @param id tells it from the origin's other inputs, and is the same whenever it fails again
 * @param reason why, in a few lower-case words with hyphens
 * @param time when the input came about; the same whenever it fails again
 * @param attempts how many tries have failed, at least 1
 * @param input what the bean has to be given to try it again
 */
public record Letter(String origin, String id, String reason, Instant time, int attempts, Json input) {

    private static final Pattern REASON = Pattern.compile("[a-z]+(-[a-z]+)*");

    public Letter {
        if (!REASON.matcher(reason).matches()) {
            throw new IllegalArgumentException("A letter's reason is a few lower-case words with hyphens.");
        }
    }
}
