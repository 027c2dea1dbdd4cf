package dev.sluice.letter;

import java.util.List;
import java.util.Optional;

/**
 * What became of the wish to send letters again.
 *
 * @param enqueued how many were put into the work queue
 * @param unknown the ids of which there is no letter
 * @param cursor where to go on; absent if all letters of the reason were put there
 */
public record RedriveReport(long enqueued, List<String> unknown, Optional<String> cursor) {}
